internal import CountersignCore

/// Writes a conversation's escalations.
final class EscalationWriter {
    private let rows: ConversationRows
    private let settings: KPISettings

    init(_ connection: OpaquePointer?, settings: KPISettings) throws(StoreError) {
        self.settings = settings
        rows = try ConversationRows(
            connection, "escalation",
            columns: [
                "started_at", "escalated_by", "reason", "acknowledged_at", "acknowledged_by", "updated_at",
                "decision_id", "noted_at", "response_at", "response_by", "response_due_at", "severity", "resolved_at",
                "ack_due_at", "update_due_at",
            ], key: ["started_at"], later: ["updated_at"])
    }

    func write(_ escalations: [Escalation], _ account: Int64, _ conversation: Int64) throws(StoreError) {
        try rows.replace(account, conversation, with: escalations) { put, escalation in
            put.bind(escalation.startedAt, 3)
            put.bind(escalation.by, 4)
            put.bind(escalation.reason.rawValue, 5)
            put.bind(escalation.acknowledgedAt, 6)
            put.bind(escalation.acknowledgedBy, 7)
            put.bind(escalation.updatedAt, 8)
            put.bind(escalation.decision, 9)
            put.bind(escalation.notedAt, 10)
            put.bind(escalation.responseAt, 11)
            put.bind(escalation.responseBy, 12)
            put.bind(
                settings.deadline(
                    after: escalation.startedAt, seconds: Int64(escalation.severity.responseHours) * 3600), 13)
            put.bind(escalation.severity.rawValue, 14)
            put.bind(escalation.resolvedAt, 15)
            put.bind(escalation.acknowledgementDueAt, 16)
            put.bind(escalation.updateDueAt, 17)
        }
    }
}
