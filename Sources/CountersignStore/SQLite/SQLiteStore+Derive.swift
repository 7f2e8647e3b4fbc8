internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func isDerivePending(_ settings: KPISettings) throws -> Bool {
        try reading { db in try Self.isDerivePending(settings, db) }
    }

    static func isDerivePending(_ settings: KPISettings, _ db: Database) throws -> Bool {
        if try Bool.fetchOne(db, sql: "select exists (select 1 from touched)") ?? false { return true }
        return try FactBasis(db, settings: settings).digest != knownBasis(db)
    }

    /// What the facts of the store were made by; `nil` where none ever were.
    private static func knownBasis(_ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "select value from setting where key = 'fact_basis'")
    }

    func derive(
        _ settings: KPISettings, features: TextFeatureExtractor, retention: RetentionPolicy?
    ) throws -> DeriveSummary {
        try transaction { db in
            let connection = db.sqliteConnection
            try NameTables(connection, settings: settings).refresh()
            let hasMoved = try AccountDirectory(connection, settings: settings).adopt()
            if hasMoved { try TwinFinder(connection).markAll() }
            let touch = try Statement(
                connection, "insert or ignore into touched (account_id, conversation_id) values (?, ?)")
            try ConversationNumbers(connection).adopt { account, conversation throws(StoreError) in
                touch.bind(account, 1)
                touch.bind(conversation, 2)
                try touch.run()
            }
            try KeptSince(db).note(retention)
            let basis = try FactBasis(db, settings: settings)
            let known = try Self.knownBasis(db)

            var summary = DeriveSummary()
            summary.isComplete = hasMoved || known != basis.digest
            if summary.isComplete { try touchEverything(db) }
            summary.conversations = try FactWriter(connection, basis: basis, settings: settings, features: features)
                .run()
            try EscalationNumbers(connection, timeZone: settings.timeZone).assign()
            try db.execute(sql: "delete from touched")
            try db.execute(
                sql: "insert or replace into setting (key, value) values ('fact_basis', ?)", arguments: [basis.digest])
            return summary
        }
    }

    private func touchEverything(_ db: Database) throws {
        for table in ["conversation", "message", "decision", "event", "suggestion", "breach_snapshot", "escalation"] {
            try db.execute(
                sql: """
                    insert or ignore into touched (account_id, conversation_id)
                    select distinct account_id, conversation_id from \(table)
                    """)
        }
    }
}

/// What facts depend on beside a conversation's own rows. When it changes, all facts are made again.
struct FactBasis {
    /// Raised when the program makes other facts from the same rows.
    private static let version = 5

    private let staff: [Int64: [StaffMember]]
    private let teams: [Int64: [String]]
    let templates: [ReplyTemplate]
    let digest: String

    init(_ db: Database, settings: KPISettings) throws {
        let staffRows = try Row.fetchAll(
            db, sql: "select account_id, user_id, name, email, role from staff order by account_id, user_id")
        let members = staffRows.map { row in
            StaffMember(
                account: row["account_id"], id: row["user_id"], name: row["name"], email: row["email"],
                role: row["role"], readFrom: SourcePlace(file: "", line: 0))
        }
        staff = Dictionary(grouping: members) { $0.account ?? 0 }
        let teamRows = try Row.fetchAll(
            db, sql: "select account_id, name from known_name where kind = ? order by account_id, name",
            arguments: [KnownName.Kind.team.rawValue])
        teams = Dictionary(grouping: teamRows) { $0["account_id"] }.mapValues { $0.map { $0["name"] } }
        templates = try Row.fetchAll(
            db, sql: "select template_id, label, body from reply_template order by ordinal, template_id"
        ).map { row in
            ReplyTemplate(
                id: row["template_id"], label: row["label"], body: row["body"],
                readFrom: SourcePlace(file: "", line: 0))
        }
        var parts = [
            "version \(Self.version)", "sla \(settings.slaMinutes) \(settings.slaClock.rawValue)",
            "manager \(settings.managerAckMinutes) \(settings.managerUpdateHours)",
            "opening \(settings.openingTimes?.basis ?? "always")",
            "managers \(settings.managers)", "scopes \(settings.scopes)", "exclude \(settings.exclude)",
            "actions \(settings.actions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" })",
            "refund \(settings.refundLimitHundredths)", "risk \(settings.featureRules.riskWords)",
            "supervisor \(settings.featureRules.supervisorWords)", "refund words \(settings.featureRules.refundWords)",
            "customer ack \(settings.customerAckHours)", "blocking \(settings.blockingLabels)",
            "severity \(settings.severityRules.map { "\($0.key.rawValue)=\($0.value.rawValue)" }.sorted())"
                + " \(settings.defaultSeverity.rawValue)",
        ]
        parts += members.map { "staff \($0.account ?? 0) \($0.id) \($0.name) \($0.email ?? "") \($0.role ?? "")" }
        parts += teamRows.map { "team \($0["account_id"] as Int64) \($0["name"] as String)" }
        parts += templates.map { "template \($0.id) \($0.body)" }
        digest = Digest256.hexadecimal(of: parts.joined(separator: "\n").utf8)
    }

    /// An account's own users, and those of lists that do not say of which account they are: a user id is the same
    /// everywhere.
    func staff(of account: Int64) -> [StaffMember] {
        (staff[account] ?? []) + (account == 0 ? [] : staff[0] ?? [])
    }

    func teams(of account: Int64) -> [String] { (teams[account] ?? []) + (account == 0 ? [] : teams[0] ?? []) }
}
