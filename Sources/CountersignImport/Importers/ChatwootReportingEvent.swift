internal import CountersignCore

/// Chatwoot's reporting events, from the API and from its database: when a conversation was resolved and opened again.
/// The others hold Chatwoot's own figures, which are kept out.
enum ChatwootReportingEvent: Importer {
    static let kind = SourceKind.reportingEvents
    static let rowName = "a reporting event"
    static let timeField: Field? = .eventEndTime
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.value) && members.has(.name) && members.hasAny(.eventEndTime, .valueInBusinessHours)
            && !members.hasAny(.event, .messageType)
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let name = try row.text(.name)
        let at = try row.moment(.eventEndTime, .createdAt)
        guard let kind = kind(of: name, value: row[.value]), let home = row.conversation() else { return at }
        guard let at else { throw row.missing(.eventEndTime) }
        batch.events.append(
            ConversationEvent(
                account: tools.account(of: row), conversation: home.conversation,
                internalConversation: home.internal, source: .reporting, at: at.inMilliseconds,
                // Its user is the assignee of that moment, who need not have done it.
                activity: Activity(kind: kind, actor: nil, subject: nil), readFrom: row.place))
        return at
    }

    /// An opening with the value 0 is the conversation's first.
    private static func kind(of name: String, value: JSONValue?) -> Activity.Kind? {
        switch name {
        case "conversation_resolved": .resolved
        case "conversation_opened": value?.quantity.map { $0 > 0 } ?? false ? .reopened : nil
        default: nil
        }
    }
}

extension Row {
    /// Of a row whose `conversation_id` is the internal one; `nil` where it names none.
    fileprivate func conversation() -> (conversation: Int64, internal: Int64?)? {
        let number = self[.internalConversationId]?.positive ?? self[.conversationId]?.positive
        if let display = self[.displayId]?.positive { return (display, number) }
        return number.map { (-$0, nil) }
    }
}

extension JSONValue {
    /// A number, also in quotes.
    var quantity: Double? { (number ?? utf8.flatMap { JSONNumber($0) })?.double }
}
