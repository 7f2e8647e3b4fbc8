internal import CountersignCore

/// Rows that are known and of which nothing is needed: they are read and counted, and no record is made of them. Some
/// hold secrets (`smtp_password`), which thereby go no further.
protocol KeptOut: Importer {}

extension KeptOut {
    static var timeField: Field? { nil }
    static var spelling: FieldSpelling { .snakeCase }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? { nil }
}

enum ChatwootInbox: KeptOut {
    static let kind = SourceKind.inboxes
    static let rowName = "an inbox"

    static func recognises(_ members: Members) -> Bool {
        members.has(.channelType) && members.has(.id) && !members.hasAny(.event, .messageType, .status)
    }
}

enum ChatwootAuditEntry: KeptOut {
    static let kind = SourceKind.auditLog
    static let rowName = "an entry of the audit log"

    static func recognises(_ members: Members) -> Bool {
        members.has(.auditableType) && members.has(.auditedChanges)
    }
}

enum ChatwootSLAPolicy: KeptOut {
    static let kind = SourceKind.appliedSLAs
    static let rowName = "an SLA policy"

    static func recognises(_ members: Members) -> Bool {
        members.has(.firstResponseTimeThreshold) && members.has(.name, .resolutionTimeThreshold)
    }
}

enum ChatwootAttachment: KeptOut {
    static let kind = SourceKind.messages
    static let rowName = "an attachment"

    static func recognises(_ members: Members) -> Bool {
        members.has(.fileType) && members.has(.messageId) && !members.hasAny(.messageType, .rating)
    }
}

/// Report JSON: most of it does not say which agent, team, metric or period it is of.
enum ChatwootReportJSON: KeptOut {
    static let kind = SourceKind.reports
    static let rowName = "a line of a report"

    static func recognises(_ members: Members) -> Bool {
        let isReport =
            members.has(.conversationsCount) || (members.has(.hitRate) && members.has(.totalAppliedSlas))
            || (members.has(.unattended) && members.has(.open)) || (members.has(.metric) && members.has(.id))
            // A bucket of `reports?metric=…`.
            || (members.has(.value) && members.has(.timestamp) && !members.hasAny(.id, .name, .scope))
        return isReport
            && !members.hasAny(.report, .event, .messageType, .inboxId, .factType, .decisionId, .actor, .action)
    }
}
