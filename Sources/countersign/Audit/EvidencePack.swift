internal import CountersignCore
internal import CountersignImport
internal import CountersignReport
internal import CountersignStore
internal import Foundation

/// Everything that the ledger says of a period, in one folder that needs neither the store nor this program to be checked.
struct EvidencePack {
    static let schema = "countersign/pack/1"
    static let sumsName = "SHA256SUMS"

    private let store: StoreReader
    private let reading: LedgerReading
    private let reports: [LedgerReading.WrittenReport]
    private let period: AuditPeriod
    private let madeAt: Instant

    /// - Parameter verification: of the same store, without a failure.
    init(_ store: StoreReader, _ verification: AuditVerification, period: AuditPeriod, madeAt: Instant) {
        self.store = store
        reading = verification.reading
        reports = verification.reports.filter { period.contains(at: $0.at) }
        self.period = period
        self.madeAt = madeAt
    }

    private var configuration: Configuration { store.configuration }

    /// Fills a folder.
    func write(to folder: String) throws {
        let chain = try PackedLedger(store.inspector, period: period)
        try DurableFile.write(to: "\(folder)/ledger.ndjson") { write in
            for line in chain.lines { try Array((line + "\n").utf8).withUnsafeBytes(write) }
        }
        try write(.array(chain.receipts), to: "\(folder)/receipts.json")
        try write(.array(chain.holds), to: "\(folder)/holds.json")
        try write(try sources(), to: "\(folder)/sources.json")
        try write(.array(configuration.parameters(try privacy())), to: "\(folder)/config.json")
        for (name, text) in try store.resources.countingFiles(reports: configuration.reports) {
            try makeParent(of: "\(folder)/\(name)")
            try DurableFile.write(Array(text.utf8), to: "\(folder)/\(name)")
        }
        let packed = try copyReports(to: folder)
        let key = try configuration.signingKey()
        try DurableFile.write(
            Array(PackReadme.text(configuration, period: period, isSigned: key != nil).utf8), to: "\(folder)/README.md")
        let manifest = Document.object([
            .init("schema", .string(Self.schema)), .init("version", .string(Version.text)),
            .init("made_at", .instant(madeAt)), .init("timezone", .string(configuration.kpis.timeZone)),
            .init("from", .instant(period.start)), .init("to", .instant(period.end)),
            .init("config_sha256", .string(configuration.digest)),
            .init("ledger", chain.document(of: reading.state)),
            .init("signing_key", .optional(key?.verifying.id) { .string($0) }),
            .init("reports", .array(packed)), .init("left_out", .array(leftOut)),
            .init("files", .array(try files(folder).map { try $0.document })),
        ])
        try Manifest.write(manifest, to: folder, signedWith: key)
        let sums = try files(folder).map { "\(try $0.digest)  \($0.name)\n" }.joined()
        try DurableFile.write(Array(sums.utf8), to: "\(folder)/\(Self.sumsName)")
    }

    private func write(_ document: Document, to path: String) throws {
        try DurableFile.write(to: path, document.write)
    }

    /// Operators as the compliance report has them.
    private func privacy() throws -> ReportPrivacy {
        ReportPrivacy(
            key: try PrivacyKeyFile.load(configuration.resolve(configuration.keyPath), mayCreate: false),
            hasOperatorEmails: configuration.operatorEmails != .none, hasCustomerNames: false)
    }

    private func sources() throws -> Document {
        let queries = QueryLibrary(try store.resources.queryFiles())
        let list = try store.inspector.read(calendar: []) { runner in
            try SourceList(
                runner, queries: queries, asOf: madeAt, maximumRejected: configuration.maximumRejected)
        }
        return .array(list.files.map(\.document))
    }

    // MARK: Reports

    /// The folders whose newest entry lies in the period, each with that entry's number.
    private func copyReports(to folder: String) throws -> [Document] {
        var names: Set<String> = []
        return try reports.map { report in
            let last = report.folder.split(separator: "/").last.map(String.init) ?? "report"
            let name = names.insert(last).inserted ? last : "\(last)-\(report.seq)"
            for (file, digest) in report.files.sorted(by: { $0.key < $1.key }) {
                let target = "\(folder)/reports/\(name)/\(file)"
                try makeParent(of: target)
                do {
                    try FileManager.default.copyItem(
                        atPath: "\(configuration.resolve(report.folder))/\(file)", toPath: target)
                } catch {
                    throw DurableFile.failure(target, "copied")
                }
                guard try SourceFile.sha256(path: target, named: file) == digest else {
                    throw Failure(
                        .inputRejected,
                        "\(report.folder)/\(file): error: it was changed meanwhile [evidence]\n"
                            + "  fix: countersign audit verify")
                }
            }
            return .object([
                .init("entry", .int(report.seq)), .init("folder", .string("reports/\(name)")),
                .init("written_as", .string(report.folder)),
            ])
        }
    }

    /// What was written in the period and is there no more.
    private var leftOut: [Document] {
        let packed = Set(reports.map(\.seq))
        return reading.folders.flatMap { reading.entries(of: $0) }
            .filter { period.contains(at: $0.at) && !packed.contains($0.seq) }.sorted { $0.seq < $1.seq }
            .map { report in
                let newest = reading.entries(of: report.folder).last?.seq ?? report.seq
                return .object([
                    .init("entry", .int(report.seq)), .init("written_as", .string(report.folder)),
                    .init(
                        "reason",
                        .string(
                            newest > report.seq
                                ? "written anew in entry \(newest)"
                                : reading.isGone(nil, of: report) ? "gone by retention" : "its run did not finish")),
                ])
            }
    }

    // MARK: Files

    private struct PackedFile {
        let name: String
        let path: String

        var digest: String { get throws { try SourceFile.sha256(path: path, named: name) } }

        var document: Document {
            get throws {
                let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
                return .object([
                    .init("file", .string(name)), .init("bytes", .int(bytes)), .init("sha256", .string(try digest)),
                ])
            }
        }
    }

    /// Sorted bytewise, as the README's check sorts them.
    private func files(_ folder: String) throws -> [PackedFile] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).compactMap { name in
            var isFolder: ObjCBool = false
            let path = "\(folder)/\(name)"
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return isFolder.boolValue ? nil : PackedFile(name: name, path: path)
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func makeParent(of path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
                withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DurableFile.failure(path, "created")
        }
    }
}
