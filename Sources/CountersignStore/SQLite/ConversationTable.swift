internal import CountersignCore

/// Conversations as they are stored, one row each, with the version of every field.
final class ConversationTable {
    struct Row {
        let account: Int64
        let id: Int64
        var state: ConversationState
        let file: Int64
        let line: Int
    }

    private static let columns = [
        "account_id", "conversation_id", "internal_id", "created_at", "updated_at", "last_activity_at", "status",
        "inbox_id", "priority", "first_reply_at", "labels", "contact_id", "customer_name", "severity", "versions",
        "file_id", "line",
    ]

    private let find: Statement
    private let put: BulkInsert

    init(_ connection: OpaquePointer?) throws(StoreError) {
        find = try Statement(
            connection,
            "select \(Self.columns.joined(separator: ", ")) from conversation"
                + " where account_id = ? and conversation_id = ?")
        put = try BulkInsert(connection, "insert or replace", into: "conversation", columns: Self.columns)
    }

    func row(_ account: Int64, _ id: Int64) throws(StoreError) -> Row? {
        find.bind(account, 1)
        find.bind(id, 2)
        defer { find.reset() }
        guard try find.step() else { return nil }
        let updatedAt = find.optionalInstant(4)
        let versions =
            find.text(14)?.split(separator: ",", omittingEmptySubsequences: false).map { Int64($0) ?? 0 } ?? []
        func version(_ field: Int) -> Instant {
            let at = updatedAt?.microseconds ?? 0
            return Instant(microseconds: field < versions.count ? at &- versions[field] : at)
        }
        var state = ConversationState(
            createdAt: find.optionalInstant(3), lastActivityAt: find.instant(5),
            firstReplyAt: find.optionalInstant(9), internalID: find.optionalInt64(2))
        state.status = find.text(6).map { Versioned($0, at: version(0)) }
        state.inbox = find.optionalInt64(7).map { Versioned($0, at: version(1)) }
        state.priority = find.text(8).map { Versioned($0, at: version(2)) }
        state.labels = find.text(10).map { Versioned($0, at: version(3)) }
        state.contact = find.optionalInt64(11).map { Versioned($0, at: version(4)) }
        state.customerName = find.text(12).map { Versioned($0, at: version(5)) }
        state.severity = find.text(13).map { Versioned($0, at: version(6)) }
        return Row(account: account, id: id, state: state, file: find.int64(15), line: find.int(16))
    }

    func put(_ rows: [Row]) throws(StoreError) {
        try put.insert(rows, columns: Int32(Self.columns.count)) { statement, row, at in
            let state = row.state
            statement.bind(row.account, at)
            statement.bind(row.id, at + 1)
            statement.bind(state.internalID, at + 2)
            statement.bind(state.createdAt, at + 3)
            statement.bind(state.updatedAt, at + 4)
            statement.bind(state.lastActivityAt, at + 5)
            statement.bind(state.status?.value, at + 6)
            statement.bind(state.inbox?.value, at + 7)
            statement.bind(state.priority?.value, at + 8)
            statement.bind(state.firstReplyAt, at + 9)
            statement.bind(state.labels?.value, at + 10)
            statement.bind(state.contact?.value, at + 11)
            statement.bind(state.customerName?.value, at + 12)
            statement.bind(state.severity?.value, at + 13)
            statement.bind(Self.versions(state), at + 14)
            statement.bind(row.file, at + 15)
            statement.bind(row.line, at + 16)
        }
    }

    /// How much older than the newest each field is, in microseconds; `nil` where all that is told is of one snapshot.
    private static func versions(_ state: ConversationState) -> String? {
        guard let newest = state.updatedAt else { return nil }
        let fields = [
            state.status?.at, state.inbox?.at, state.priority?.at, state.labels?.at, state.contact?.at,
            state.customerName?.at, state.severity?.at,
        ]
        guard fields.contains(where: { $0 != nil && $0 != newest }) else { return nil }
        return fields.map { $0.map { String(newest.microseconds &- $0.microseconds) } ?? "" }.joined(separator: ",")
    }
}
