internal import CountersignCore
internal import CountersignImport
internal import CountersignReport

/// What the config file, the environment and the command line say together; every key has a default but `inputs`.
struct Configuration {
    struct Input {
        let path: String
        let kind: SourceKind?
        /// Chatwoot's account of rows that name none: lists of messages and old webhooks do not.
        let account: Int64?
    }

    enum OperatorEmails: String, CaseIterable { case compliance, all, none }

    enum AfterIngest: String, CaseIterable { case keep, archive }

    var kpis = KPISettings()
    /// Folder of the config file: relative paths in it begin here.
    var folder: String
    var store = "sqlite:var/countersign.sqlite"
    var storeFolder: String
    var inputs: [Input] = []
    var databases: [DatabaseInput] = []
    var templates: String?
    var maximumRejected = 0.01
    /// Of one source, unpacked.
    var maximumFileBytes = ImportContext.defaultMaxFileBytes
    /// What becomes of a file of the inputs once it is loaded.
    var afterIngest = AfterIngest.keep
    var archivePath = "exports/archive"
    var isRetentionEnabled = true
    var retention = RetentionPeriods()
    /// How long folders of reports are kept, by the end of their window.
    var reportsDays = 730
    var maximumPurgeShare = 0.5
    /// A source whose newest row is older than this raises an alert.
    var staleHours = 36
    var hasCustomerNames = false
    var operatorEmails = OperatorEmails.compliance
    var keyPath = "countersign.key"
    var outPath = "out"
    var reports = ["weekly", "compliance", "templates"]
    /// The file of the key that signs manifests; `nil` for none.
    var signingKeyPath: String?
    /// Path, effective text and origin of every key that was set.
    var origins: [String: String] = [:]

    init(folder: String) {
        self.folder = folder
        storeFolder = folder
    }

    /// A digest of everything that can change a figure or a report; where it came from does not count.
    var digest: String {
        let parts: [String] = [
            "\(kpis)", "templates \(templates ?? "")",
            "retention \(isRetentionEnabled) \(retention.document.canonical())",
            "privacy \(hasCustomerNames) \(operatorEmails.rawValue)", "reports \(reports)",
            "rejected \(maximumRejected)", "stale \(staleHours)",
        ]
        // A dictionary's order differs from run to run.
        let actions = kpis.actions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }
        var settings = kpis
        settings.actions = [:]
        let severities = kpis.severityRules.map { "\($0.key.rawValue)=\($0.value.rawValue)" }.sorted()
        settings.severityRules = [:]
        return Digest256.hexadecimal(
            of: (["\(settings)"] + actions + severities + parts.dropFirst()).joined(separator: "\n").utf8)
    }
}
