internal import CountersignCore

/// What a message is: its type, who sent it, and what its attributes say of it.
extension ChatwootMessage {
    enum MessageType { case incoming, outgoing, activity, template }

    static func type(of row: Row) throws(Problem) -> MessageType {
        guard let value = row[.messageType] else { throw row.missing(.messageType) }
        if let utf8 = value.utf8 {
            if utf8.elementsEqual("incoming".utf8) { return .incoming }
            if utf8.elementsEqual("outgoing".utf8) { return .outgoing }
            if utf8.elementsEqual("activity".utf8) { return .activity }
            if utf8.elementsEqual("template".utf8) { return .template }
        }
        switch value.integer {
        case .some(0): return .incoming
        case .some(1): return .outgoing
        case .some(2): return .activity
        case .some(3): return .template
        default:
            throw row.unreadable(
                .messageType, "\(value.quotable) is no message type",
                fix: "write 0 to 3, or incoming, outgoing, activity or template")
        }
    }

    static func traits(
        type: MessageType, isPrivate: Bool, sender: Sender.Kind, marks: Marks, isCampaign: Bool
    ) -> Message.Traits {
        var traits: Message.Traits =
            switch type {
            case .incoming: .incoming
            case .outgoing: .outgoing
            case .activity: .activity
            case .template: .template
            }
        switch sender {
        case .contact: traits.insert(.byContact)
        case .user: traits.insert(.byUser)
        case .bot: traits.insert(.byBot)
        case .unknown: break
        }
        if isPrivate { traits.insert(.isPrivate) }
        if marks.isByRule { traits.insert(.byRule) }
        if isCampaign { traits.insert(.campaign) }
        if marks.isEcho { traits.insert(.echo) }
        if marks.isDeleted { traits.insert(.deleted) }
        return traits
    }

    /// A word, or the number that stands for it in the database.
    static func delivery(_ status: JSONValue?) -> Message.Delivery? {
        guard let status else { return nil }
        if let utf8 = status.utf8 {
            let words: [(StaticString, Message.Delivery)] = [
                ("sent", .sent), ("delivered", .delivered), ("read", .read), ("failed", .failed),
            ]
            return words.first { utf8.isWord($0.0) }?.1
        }
        switch status.integer {
        case .some(0): return .sent
        case .some(1): return .delivered
        case .some(2): return .read
        case .some(3): return .failed
        default: return nil
        }
    }

    /// Who sent a message.
    struct Sender {
        enum Kind { case contact, user, bot, unknown }

        let kind: Kind
        let id: Int64?
        let members: Members?

        init(_ row: Row) {
            members = row[.sender]?.members
            id = (members?[.id] ?? row[.senderId])?.positive
            let word = members?[.type]?.utf8 ?? row[.senderType]?.utf8
            // A webhook's contact is told by its account; it has no type since 2.14.
            kind = word.map(Sender.kind) ?? (members?.has(.account) == true ? .contact : .unknown)
        }

        /// `user` in the API's words, `User` in the database's.
        private static func kind(_ word: UnsafeBufferPointer<UInt8>) -> Kind {
            switch word.count {
            case 4...5 where word.isWord("user") || word.isWord("agent"): .user
            case 7 where word.isWord("contact"): .contact
            case 8...
            where ["agent_bot", "agentbot", "captain_assistant", "captain::assistant"].contains(where: word.isWord):
                .bot
            default: .unknown
            }
        }
    }

    /// What `content_attributes` says about a message.
    struct Marks {
        var isDeleted = false
        /// Written by an automation rule.
        var isByRule = false
        /// Sent from the channel's own app, seen by Chatwoot afterwards.
        var isEcho = false
        var deliveryError: String?
        /// The answer to the survey that the message asks for.
        var rating: Int64?

        init(_ attributes: Members?) {
            guard let attributes else { return }
            isDeleted = attributes[.deleted]?.flag ?? false
            isByRule = attributes[.automationRuleId] != nil
            isEcho = attributes[.externalEcho]?.flag ?? false
            deliveryError = attributes[.externalError]?.text.flatMap(DeliveryError.init)?.text
            rating = attributes[.submittedValues]?.members?[.csatSurveyResponse]?.members?[.rating]?.integer
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Letter case aside.
    fileprivate func isWord(_ word: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return elementsEqual(wanted) { byte, wanted in
            (0x41...0x5A).contains(byte) ? byte + 0x20 == wanted : byte == wanted
        }
    }
}
