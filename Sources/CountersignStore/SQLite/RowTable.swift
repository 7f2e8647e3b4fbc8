internal import CountersignCore

/// A table of rows with a time of their own.
struct RowTable: Sendable {
    let set: DataSet
    let name: String
    let time: String
    /// The rows of an account lie in the order of their time.
    var isByTime = false
    /// SQL for `account/id`.
    let key: String
    /// What else makes a row one of the set.
    var condition = "1"
    var hasAccount = true
    let held: @Sendable (HeldRows) -> String

    static let all = [
        RowTable(
            set: .decisions, name: "decision", time: "decided_at", isByTime: true,
            key: "account_id || '/' || decision_id"
        ) { held in
            "(\(held.conversation("decision", time: "decided_at")) or \(held.decision("decision", time: "decided_at")))"
        },
        RowTable(
            set: .syncAttempts, name: "sync_attempt", time: "attempted_at", isByTime: true,
            key: "account_id || '/' || decision_id || '/' || attempt"
        ) { held in
            "(\(held.decision("sync_attempt", time: "attempted_at")) or \(held.account("sync_attempt", time: "attempted_at")))"
        },
        RowTable(
            set: .messages, name: "message", time: "sent_at", key: "account_id || '/' || message_id"
        ) { $0.conversation("message", time: "sent_at") },
        RowTable(
            set: .conversations, name: "conversation", time: "last_activity_at",
            key: "account_id || '/' || conversation_id"
        ) { $0.conversation("conversation", time: "last_activity_at", first: "created_at") },
        RowTable(
            set: .events, name: "event", time: "happened_at",
            key: "account_id || '/' || conversation_id || '/' || source || '/' || source_key || '/' || ordinal"
        ) { $0.conversation("event", time: "happened_at") },
        RowTable(
            set: .suggestions, name: "suggestion", time: "suggested_at",
            key: "account_id || '/' || conversation_id || '/' || suggested_at"
        ) { $0.conversation("suggestion", time: "suggested_at") },
        RowTable(
            set: .breachSnapshots, name: "breach_snapshot", time: "seen_at",
            key: "account_id || '/' || conversation_id || '/' || breached_at"
        ) { $0.conversation("breach_snapshot", time: "seen_at") },
        // Cells of reports have no time; they are sums.
        RowTable(
            set: .figures, name: "chatwoot_figure", time: "happened_at",
            key: "account_id || '/' || kind || '/' || figure_key || '/' || name", condition: "happened_at > 0"
        ) { $0.conversation("chatwoot_figure", time: "happened_at") },
        RowTable(
            set: .quarantine, name: "quarantine", time: "loaded_at", key: "file_id || '/' || line || '/' || ordinal",
            hasAccount: false
        ) { $0.anybody("quarantine", time: "loaded_at") },
    ]
}
