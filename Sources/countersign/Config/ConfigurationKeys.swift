internal import CountersignCore
internal import CountersignReport

/// Every key of `countersign.yml`: its path, its environment variable and how it is read.
struct ConfigurationKey: Sendable {
    let path: String
    /// `COUNTERSIGN_SLA_BREACH_MINUTES`; `nil` for lists of mappings, which only a file can hold.
    let variables: [String]
    let read: @Sendable (inout Configuration, StrictYAML) throws(YAMLError) -> Void

    init(
        _ path: String, alias: String? = nil, isScalar: Bool = true,
        _ read: @escaping @Sendable (inout Configuration, StrictYAML) throws(YAMLError) -> Void
    ) {
        self.path = path
        let own = "COUNTERSIGN_" + path.replacing(".", with: "_").uppercased()
        variables = isScalar ? [own] + (alias.map { [$0] } ?? []) : []
        self.read = read
    }

    static let all: [ConfigurationKey] = [
        ConfigurationKey("timezone") { config, value throws(YAMLError) in
            let name = try value.text()
            guard ReportCalendar(timeZone: name) != nil else {
                throw value.error(
                    "“\(name)” is not in the time zone data", fix: "write an IANA name such as America/Toronto")
            }
            config.kpis.timeZone = name
        },
        ConfigurationKey("store") { config, value throws(YAMLError) in config.store = try value.text() },
        ConfigurationKey("inputs", isScalar: false) { config, value throws(YAMLError) in
            for item in try value.list() {
                if let database = try DatabaseInput(item) {
                    try config.add(database, of: item)
                    continue
                }
                let members = try item.mapping(known: ["path", "kind", "account", "postgres"])
                config.inputs.append(
                    Configuration.Input(
                        path: try members.required("path").text(), kind: try members["kind"]?.word(SourceKind.self),
                        account: try members["account"].map { v throws(YAMLError) in
                            Int64(try v.int(in: 1...Int(Int32.max)))
                        }))
            }
        },
        ConfigurationKey("accounts", isScalar: false) { config, value throws(YAMLError) in
            for item in try value.list() {
                let members = try item.mapping(
                    known: ["shop", "chatwoot_account", "chatwoot_url", "currency", "retention"])
                config.kpis.accounts.append(
                    AccountMapping(
                        shop: try members["shop"]?.optionalText(),
                        chatwootAccount: try members["chatwoot_account"].map { v throws(YAMLError) in
                            Int64(try v.int(in: 1...Int(Int32.max)))
                        },
                        chatwootURL: try webAddress(members["chatwoot_url"]),
                        currency: try members["currency"]?.optionalText()))
                if let own = members["retention"], let account = config.kpis.accounts.last {
                    let members = try own.mapping(known: ["days", "sets"])
                    config.retention.accounts.append(
                        RetentionPeriods.Account(
                            shop: account.shop, chatwootAccount: account.chatwootAccount,
                            days: try members["days"].map { v throws(YAMLError) in try v.days() },
                            sets: try members["sets"]?.retentionSets() ?? [:]))
                }
            }
        },
        ConfigurationKey("managers", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.managers = try value.texts()
        },
        ConfigurationKey("templates") { config, value throws(YAMLError) in
            config.templates = try value.optionalText()
        },
        ConfigurationKey("scopes", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.scopes = try value.texts()
        },
        ConfigurationKey("exclude", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.exclude = try value.texts()
        },
        ConfigurationKey("actions", isScalar: false) { config, value throws(YAMLError) in
            let members = try value.mapping(known: [])
            for name in members.order {
                config.kpis.actions[name] = try members.required(name).word(ActionWord.self).kind
            }
        },
        ConfigurationKey("confirmations", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.featureRules.confirmations = try value.texts()
        },
        ConfigurationKey("negations", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.featureRules.negations = try value.texts()
        },
        ConfigurationKey("sla.breach_minutes", alias: "CHATWOOT_SLA_MINUTES") { config, value throws(YAMLError) in
            config.kpis.slaMinutes = try value.int(in: 1...525_600)
        },
        ConfigurationKey("sla.clock") { config, value throws(YAMLError) in
            config.kpis.slaClock = try value.word(KPISettings.SLAClock.self)
        },
        ConfigurationKey("sla.manager_ack_minutes") { config, value throws(YAMLError) in
            config.kpis.managerAckMinutes = try value.int(in: 1...525_600)
        },
        ConfigurationKey("sla.manager_update_hours") { config, value throws(YAMLError) in
            config.kpis.managerUpdateHours = try value.int(in: 1...8760)
        },
        ConfigurationKey("sla.business_hours", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.businessHours = try value.businessHours()
        },
        ConfigurationKey("sla.customer_ack_hours") { config, value throws(YAMLError) in
            config.kpis.customerAckHours = try value.int(in: 1...8760)
        },
        ConfigurationKey("alerts.breach_wow") { config, value throws(YAMLError) in
            config.kpis.breachWeekOverWeek = try value.number(in: 0...1000)
        },
        ConfigurationKey("alerts.failure_rate") { config, value throws(YAMLError) in
            config.kpis.failureRate = try value.number(in: 0...1)
        },
        ConfigurationKey("alerts.slow_ms") { config, value throws(YAMLError) in
            config.kpis.slowMilliseconds = try value.int(in: 1...3_600_000)
        },
        ConfigurationKey("alerts.stale_hours") { config, value throws(YAMLError) in
            config.staleHours = try value.int(in: 1...87_600)
        },
        ConfigurationKey("guardrails.refund_limit") { config, value throws(YAMLError) in
            config.kpis.refundLimitHundredths = Int64((try value.number(in: 0...1e12) * 100).rounded())
        },
        ConfigurationKey("guardrails.blocking_labels", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.blockingLabels = try value.texts()
        },
        ConfigurationKey("guardrails.risk_words", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.featureRules.riskWords = try value.texts()
        },
        ConfigurationKey("guardrails.supervisor_words", isScalar: false) { config, value throws(YAMLError) in
            config.kpis.featureRules.supervisorWords = try value.texts()
        },
        ConfigurationKey("severity", isScalar: false) { config, value throws(YAMLError) in
            let reasons = Escalation.Reason.allCases.map(\.rawValue)
            let members = try value.mapping(known: reasons + ["default"])
            for reason in Escalation.Reason.allCases {
                if let value = members[reason.rawValue] {
                    config.kpis.severityRules[reason] = try value.word(Escalation.Severity.self)
                }
            }
            if let value = members["default"] {
                config.kpis.defaultSeverity = try value.word(Escalation.Severity.self)
            }
        },
        ConfigurationKey("edits.min_support") { config, value throws(YAMLError) in
            config.kpis.editMinimumSupport = try value.int(in: 1...1_000_000)
        },
        ConfigurationKey("ingest.max_rejected") { config, value throws(YAMLError) in
            config.maximumRejected = try value.number(in: 0...1)
        },
        ConfigurationKey("ingest.max_file_bytes") { config, value throws(YAMLError) in
            config.maximumFileBytes = try value.byteCount()
        },
        ConfigurationKey("ingest.after_ingest") { config, value throws(YAMLError) in
            config.afterIngest = try value.word(Configuration.AfterIngest.self)
        },
        ConfigurationKey("ingest.archive") { config, value throws(YAMLError) in
            config.archivePath = try value.text()
        },
        ConfigurationKey("retention.enabled", alias: "ENABLE_RETENTION_PURGE") { config, value throws(YAMLError) in
            config.isRetentionEnabled = try value.bool()
        },
        ConfigurationKey("retention.days") { config, value throws(YAMLError) in
            config.retention.days = try value.days()
        },
        ConfigurationKey("retention.sets", isScalar: false) { config, value throws(YAMLError) in
            config.retention.sets = try value.retentionSets()
        },
        ConfigurationKey("retention.reports_days") { config, value throws(YAMLError) in
            config.reportsDays = try value.int(in: 1...36_500)
        },
        ConfigurationKey("retention.max_share") { config, value throws(YAMLError) in
            config.maximumPurgeShare = try value.number(in: 0...1)
        },
        ConfigurationKey("privacy.customer_names") { config, value throws(YAMLError) in
            config.hasCustomerNames = try value.bool()
        },
        ConfigurationKey("privacy.operator_emails") { config, value throws(YAMLError) in
            config.operatorEmails = try value.word(Configuration.OperatorEmails.self)
        },
        ConfigurationKey("privacy.key") { config, value throws(YAMLError) in config.keyPath = try value.text() },
        ConfigurationKey("reports.out") { config, value throws(YAMLError) in config.outPath = try value.text() },
        ConfigurationKey("reports.kinds", isScalar: false) { config, value throws(YAMLError) in
            config.reports = try value.texts()
        },
        ConfigurationKey("audit.signing_key") { config, value throws(YAMLError) in
            config.signingKeyPath = try value.optionalText()
        },
    ]

    /// Keys of one section, or of the top: the words that may stand there.
    static func names(in section: String?) -> [String] {
        var names: [String] = []
        for key in all {
            let parts = key.path.split(separator: ".").map(String.init)
            let name: String? =
                switch (section, parts.count) {
                case (nil, _): parts[0]
                case (let section?, 2) where parts[0] == section: parts[1]
                default: nil
                }
            if let name, !names.contains(name) { names.append(name) }
        }
        return names
    }

    private enum ActionWord: String, CaseIterable {
        case approve, escalate, resolve
        var kind: ActionKind {
            switch self {
            case .approve: .approveSend
            case .escalate: .escalate
            case .resolve: .resolve
            }
        }
    }

    /// Links are made of it, so it may hold nothing that ends one.
    private static func webAddress(_ value: StrictYAML?) throws(YAMLError) -> String? {
        guard let value, let text = try value.optionalText() else { return nil }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"'<>()[]`\\".utf8.contains($0) }
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), isPlain else {
            throw value.error("“\(text)” is no web address", fix: "write https://chat.example/app/accounts/1")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
