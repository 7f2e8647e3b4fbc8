internal import CountersignCore
internal import CountersignImport
internal import PostgresClient

extension Configuration {
    /// Every key with its effective value, as YAML on one line, and where it came from. There are no secrets among
    /// them: the keys are paths here, passwords are libpq's.
    var shown: String {
        let rows = ConfigurationKey.all.map { key in
            ("\(key.path): \(value(of: key.path) ?? "")", origins[key.path] ?? "default")
        }
        let width = min(60, rows.map(\.0.count).max() ?? 0)
        return rows.map { text, origin in
            text + String(repeating: " ", count: max(0, width - text.count)) + "  # \(origin)\n"
        }.joined()
    }

    /// - Returns: `nil` for a key that is not known here.
    func value(of key: String) -> String? {
        switch key {
        case "timezone": Self.flow(kpis.timeZone)
        case "store": Self.flow(store)
        case "inputs":
            Self.flow(
                inputs.map {
                    Self.flow([
                        ("path", $0.path), ("kind", $0.kind?.rawValue), ("account", $0.account.map(String.init)),
                    ])
                } + databases.map { Self.flow([("postgres", $0.target.label), ("kind", $0.kind?.rawValue)]) })
        case "accounts": Self.flow(kpis.accounts.map(account))
        case "managers": Self.flow(kpis.managers.map(Self.flow))
        case "templates": templates.map(Self.flow) ?? "null"
        case "scopes": Self.flow(kpis.scopes.map(Self.flow))
        case "exclude": Self.flow(kpis.exclude.map(Self.flow))
        case "actions": Self.flow(kpis.actions.sorted { $0.key < $1.key }.map { ($0.key, Self.word($0.value)) })
        case "confirmations": Self.flow(kpis.featureRules.confirmations.map(Self.flow))
        case "negations": Self.flow(kpis.featureRules.negations.map(Self.flow))
        case "sla.breach_minutes": "\(kpis.slaMinutes)"
        case "sla.clock": kpis.slaClock.rawValue
        case "sla.manager_ack_minutes": "\(kpis.managerAckMinutes)"
        case "sla.manager_update_hours": "\(kpis.managerUpdateHours)"
        case "sla.business_hours": kpis.businessHours.map(\.description) ?? "null"
        case "sla.customer_ack_hours": "\(kpis.customerAckHours)"
        case "alerts.failure_rate": "\(kpis.failureRate)"
        case "alerts.slow_ms": "\(kpis.slowMilliseconds)"
        case "guardrails.blocking_labels": Self.flow(kpis.blockingLabels.map(Self.flow))
        case "severity":
            Self.flow(
                kpis.severityRules.map { ($0.key.rawValue, $0.value.rawValue) }.sorted { $0.0 < $1.0 }
                    + [("default", kpis.defaultSeverity.rawValue)])
        case "alerts.breach_wow": "\(kpis.breachWeekOverWeek)"
        case "alerts.stale_hours": "\(staleHours)"
        case "guardrails.refund_limit": Self.hundredths(kpis.refundLimitHundredths)
        case "guardrails.risk_words": Self.flow(kpis.featureRules.riskWords.map(Self.flow))
        case "guardrails.supervisor_words": Self.flow(kpis.featureRules.supervisorWords.map(Self.flow))
        case "edits.min_support": "\(kpis.editMinimumSupport)"
        case "ingest.max_file_bytes": "\(maximumFileBytes)"
        case "ingest.max_rejected": "\(maximumRejected)"
        case "ingest.after_ingest": afterIngest.rawValue
        case "ingest.archive": Self.flow(archivePath)
        case "retention.enabled": "\(isRetentionEnabled)"
        case "retention.days": "\(retention.days)"
        case "retention.sets": Self.flow(Self.members(retention.sets))
        case "retention.reports_days": "\(reportsDays)"
        case "retention.max_share": "\(maximumPurgeShare)"
        case "privacy.customer_names": "\(hasCustomerNames)"
        case "privacy.operator_emails": operatorEmails.rawValue
        case "privacy.key": Self.flow(keyPath)
        case "reports.out": Self.flow(outPath)
        case "reports.kinds": Self.flow(reports.map(Self.flow))
        case "audit.signing_key": signingKeyPath.map(Self.flow) ?? "null"
        default: nil
        }
    }

    private func account(_ account: AccountMapping) -> String {
        Self.flow(
            [
                ("shop", account.shop), ("chatwoot_account", account.chatwootAccount.map(String.init)),
                ("chatwoot_url", account.chatwootURL), ("currency", account.currency),
            ], more: own(account).map { ["retention: \($0)"] } ?? [])
    }

    /// What an account has of its own of `retention`.
    private func own(_ account: AccountMapping) -> String? {
        let own = retention.accounts.first { $0.shop == account.shop && $0.chatwootAccount == account.chatwootAccount }
        guard let own else { return nil }
        let sets = own.sets.isEmpty ? [] : ["sets: \(Self.flow(Self.members(own.sets)))"]
        return Self.flow([("days", own.days.map(String.init))], more: sets)
    }

    private static func members(_ sets: [DataSet: Int]) -> [(String, String?)] {
        sets.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.rawValue, "\($0.value)") }
    }

    private static func word(_ kind: ActionKind) -> String {
        switch kind {
        case .approveSend: "approve"
        case .escalate: "escalate"
        default: "resolve"
        }
    }

    private static func hundredths(_ value: Int64) -> String {
        let (whole, rest) = (value / 100, value % 100)
        return rest == 0 ? "\(whole)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func flow(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

    /// - Parameter more: members whose values are mappings.
    private static func flow(_ members: [(String, String?)], more: [String] = []) -> String {
        let texts = members.compactMap { key, value in value.map { "\(key): \(flow($0))" } } + more
        return "{\(texts.joined(separator: ", "))}"
    }

    /// Quoted where YAML would read it as something else, or break it.
    private static func flow(_ text: String) -> String {
        let isWord = ["", "no", "yes", "true", "false", "null", "on", "off", "y", "n"].contains(text.lowercased())
        let hasMarks = text.contains { "{}[],#'\"\n\r\t".contains($0) } || text.contains(": ")
        let beginsAsOther = text.first.map { " &*!|>%@`-?:".contains($0) } ?? true
        guard isWord || hasMarks || beginsAsOther || text.last == " " else { return text }
        return "'\(text.replacing("'", with: "''").replacing("\n", with: " "))'"
    }
}
