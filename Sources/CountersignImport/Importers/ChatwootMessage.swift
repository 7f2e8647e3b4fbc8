internal import CountersignCore

/// Messages as Chatwoot's REST API gives them, from the list of a conversation or embedded in one.
enum ChatwootMessage: Importer {
    static let kind = SourceKind.messages
    static let rowName = "a message"
    static let timeField: Field? = .createdAt
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.messageType) && members.hasAny(.content, .conversationId) && !members.has(.event)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let id = try row.integer(.id)
        let conversation = try row.integer(.conversationId)
        let sentAt = try row.instant(.createdAt, .chatwoot)
        let updatedAt = try row.optionalInstant(.updatedAt, unit: .chatwoot) ?? sentAt
        let type = try type(of: row)
        let marks = tools.embedded.withMembers(of: row[.contentAttributes]) { Marks($0) }
        let sender = Sender(row)
        let isCampaign = row[.additionalAttributes]?.members?[.campaignId] != nil
        let traits = traits(
            type: type, isPrivate: row[.private]?.flag ?? false, sender: sender.kind, marks: marks,
            isCampaign: isCampaign
        ).union(.listed)
        let kind = traits.kind
        let processed = row.textOf(.processedMessageContent)
        let content = kind == .deleted ? nil : processed ?? row.textOf(.content)
        batch.messages.append(
            Message(
                account: tools.account(of: row), conversation: conversation, id: id, sentAt: sentAt,
                updatedAt: updatedAt, traits: traits,
                sender: kind == .customer || kind == .reply || kind == .note ? sender.id : nil,
                contact: kind == .customer ? sender.members.map { tools.contacts.contact($0) } : nil,
                delivery: delivery(row[.status]), deliveryError: marks.deliveryError,
                text: row.has(.content) || processed != nil
                    ? Message.Text(
                        features: kind == .activity
                            ? .none : content.map(tools.context.features.features) ?? .none,
                        isProcessed: processed != nil)
                    : nil,
                activities: kind == .activity ? content.map(Activity.read) ?? [] : [], readFrom: row.place))
        return sentAt
    }

    // MARK: Kinds

    enum MessageType { case incoming, outgoing, activity, template }

    private static func type(of row: Row) throws(Problem) -> MessageType {
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
    private static func delivery(_ status: JSONValue?) -> Message.Delivery? {
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
            id = (members?[.id] ?? row[.senderId])?.integer
            let word = members?[.type]?.utf8 ?? row[.senderType]?.utf8
            kind = word.map(Sender.kind) ?? .unknown
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

        init(_ attributes: Members?) {
            guard let attributes else { return }
            isDeleted = attributes[.deleted]?.flag ?? false
            isByRule = attributes[.automationRuleId] != nil
            isEcho = attributes[.externalEcho]?.flag ?? false
            deliveryError = attributes[.externalError]?.text
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

extension Row {
    /// A text's bytes; `nil` where there is none or it is empty.
    fileprivate func textOf(_ field: Field) -> UnsafeBufferPointer<UInt8>? {
        guard let utf8 = self[field]?.utf8, !utf8.isEmpty else { return nil }
        return utf8
    }
}
