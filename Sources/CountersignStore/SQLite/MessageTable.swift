internal import CountersignCore

/// Messages as they are stored, with what their event lines say.
final class MessageTable {
    struct Row {
        let account: Int64
        let conversation: Int64
        let id: Int64
        var state: MessageState
        let error: Int64?
        let file: Int64
        let line: Int
    }

    private static let columns = [
        "account_id", "conversation_id", "message_id", "sent_at", "updated_at", "traits", "kind", "sender_id",
        "delivery", "delivery_at", "error_id", "text_quality", "text_hash", "token_count", "flags", "amount_hundredths",
        "file_id", "line",
    ]

    private let errors: NameTable
    private let find: Statement
    private let delete: Statement
    private let put: BulkInsert
    private let events: EventTable

    init(_ connection: OpaquePointer?, errors: NameTable) throws(StoreError) {
        self.errors = errors
        find = try Statement(
            connection,
            "select \(Self.columns.joined(separator: ", ")) from message"
                + " where account_id = ? and conversation_id = ? and message_id = ?")
        delete = try Statement(
            connection, "delete from message where account_id = ? and conversation_id = ? and message_id = ?")
        put = try BulkInsert(connection, "insert or replace", into: "message", columns: Self.columns)
        events = try EventTable(connection)
    }

    func row(_ account: Int64, _ conversation: Int64, _ id: Int64) throws(StoreError) -> Row? {
        find.bind(account, 1)
        find.bind(conversation, 2)
        find.bind(id, 3)
        defer { find.reset() }
        guard try find.step() else { return nil }
        let traits = Message.Traits(rawValue: find.int(5))
        let quality = find.int(11)
        let error = find.optionalInt64(10)
        let text = try error.flatMap { id throws(StoreError) in try errors.name(of: id) }
        let delivery = Message.Delivery(rawValue: find.int(8)).map {
            Versioned(
                MessageState.Delivery(status: $0, error: text), at: find.optionalInstant(9) ?? find.instant(4))
        }
        let state = MessageState(
            sentAt: find.instant(3), traits: traits, sender: find.optionalInt64(7), delivery: delivery,
            text: quality == 0
                ? nil
                : Message.Text(
                    features: TextFeatures(
                        textHash: find.int64(12), tokenCount: find.int(13),
                        flags: TextFeatures.Flags(rawValue: find.int(14)),
                        largestAmountHundredths: find.optionalInt64(15)),
                    isProcessed: quality == 2),
            textAt: find.instant(4), activities: [])
        var row = Row(
            account: account, conversation: conversation, id: id, state: state, error: error, file: find.int64(16),
            line: find.int(17))
        if traits.contains(.activity) { row.state.activities = try events.lines(of: row) }
        return row
    }

    /// - Parameter isNew: nothing is stored under these keys, so that no event has to make room.
    func put(_ rows: [Row], isNew: Bool) throws(StoreError) {
        try put.insert(rows, columns: Int32(Self.columns.count)) { statement, row, at in
            let state = row.state
            let features = state.text?.features ?? .none
            statement.bind(row.account, at)
            statement.bind(row.conversation, at + 1)
            statement.bind(row.id, at + 2)
            statement.bind(state.sentAt, at + 3)
            statement.bind(state.textAt, at + 4)
            statement.bind(state.traits.rawValue, at + 5)
            statement.bind(state.traits.kind.rawValue, at + 6)
            statement.bind(state.sender, at + 7)
            statement.bind(state.delivery?.value.status.rawValue ?? 0, at + 8)
            statement.bind(state.delivery.flatMap { $0.at == state.textAt ? nil : $0.at }, at + 9)
            statement.bind(row.error, at + 10)
            statement.bind(state.text.map { $0.isProcessed ? 2 : 1 } ?? 0, at + 11)
            statement.bind(features.textHash, at + 12)
            statement.bind(features.tokenCount, at + 13)
            statement.bind(features.flags.rawValue, at + 14)
            statement.bind(features.largestAmountHundredths, at + 15)
            statement.bind(row.file, at + 16)
            statement.bind(row.line, at + 17)
        }
        if !isNew { for row in rows where row.state.traits.contains(.activity) { try events.removeLines(of: row) } }
        try events.put(rows.flatMap(EventTable.lines))
    }

    func remove(_ row: Row) throws(StoreError) {
        delete.bind(row.account, 1)
        delete.bind(row.conversation, 2)
        delete.bind(row.id, 3)
        try delete.run()
        if row.state.traits.contains(.activity) { try events.removeLines(of: row) }
    }

    /// The row with what another export told of the same message.
    func merged(_ old: Row, with new: Row) throws(StoreError) -> Row {
        var state = old.state
        state.merge(new.state)
        let error = try state.delivery?.value.error.map { name throws(StoreError) in try errors.id(of: name) }
        return Row(
            account: old.account, conversation: old.conversation, id: old.id, state: state, error: error ?? nil,
            file: new.file, line: new.line)
    }
}

/// Changes of conversations, from every source that tells them.
final class EventTable {
    struct Row {
        let account: Int64
        let conversation: Int64
        let source: ConversationEvent.Source
        /// Identifies the event within its source: of a line its message; else a hash of what it says.
        let key: Int64
        let ordinal: Int
        let at: Instant
        let activity: Activity
    }

    private static let columns = [
        "account_id", "conversation_id", "source", "source_key", "ordinal", "happened_at", "kind", "actor_name",
        "subject", "assignee_id",
    ]

    private let findLines: Statement
    private let deleteLines: Statement
    private let has: Statement
    private let put: BulkInsert

    init(_ connection: OpaquePointer?) throws(StoreError) {
        let line = " where account_id = ? and conversation_id = ? and source = 1 and source_key = ?"
        findLines = try Statement(
            connection, "select kind, actor_name, subject, assignee_id from event\(line) order by ordinal")
        deleteLines = try Statement(connection, "delete from event\(line)")
        has = try Statement(
            connection,
            "select 1 from event where account_id = ? and conversation_id = ? and source = ? and source_key = ?")
        put = try BulkInsert(connection, "insert or replace", into: "event", columns: Self.columns)
    }

    static func lines(of message: MessageTable.Row) -> [Row] {
        guard message.state.traits.kind == .activity else { return [] }
        return message.state.activities.enumerated().map { ordinal, activity in
            Row(
                account: message.account, conversation: message.conversation, source: .line, key: message.id,
                ordinal: ordinal, at: message.state.sentAt, activity: activity)
        }
    }

    func lines(of message: MessageTable.Row) throws(StoreError) -> [Activity] {
        findLines.bind(message.account, 1)
        findLines.bind(message.conversation, 2)
        findLines.bind(message.id, 3)
        defer { findLines.reset() }
        var found: [Activity] = []
        while try findLines.step() {
            guard let kind = Activity.Kind(rawValue: findLines.int(0)) else { continue }
            found.append(
                Activity(
                    kind: kind, actor: findLines.text(1), subject: findLines.text(2),
                    assignee: findLines.optionalInt64(3)))
        }
        return found
    }

    func removeLines(of message: MessageTable.Row) throws(StoreError) {
        deleteLines.bind(message.account, 1)
        deleteLines.bind(message.conversation, 2)
        deleteLines.bind(message.id, 3)
        try deleteLines.run()
    }

    func contains(_ row: Row) throws(StoreError) -> Bool {
        has.bind(row.account, 1)
        has.bind(row.conversation, 2)
        has.bind(row.source.rawValue, 3)
        has.bind(row.key, 4)
        defer { has.reset() }
        return try has.step()
    }

    func put(_ rows: [Row]) throws(StoreError) {
        try put.insert(rows, columns: Int32(Self.columns.count)) { statement, row, at in
            statement.bind(row.account, at)
            statement.bind(row.conversation, at + 1)
            statement.bind(row.source.rawValue, at + 2)
            statement.bind(row.key, at + 3)
            statement.bind(row.ordinal, at + 4)
            statement.bind(row.at, at + 5)
            statement.bind(row.activity.kind.rawValue, at + 6)
            statement.bind(row.activity.actor, at + 7)
            statement.bind(row.activity.subject, at + 8)
            statement.bind(row.activity.assignee, at + 9)
        }
    }
}
