internal import CountersignCore
internal import CountersignImport
internal import CountersignReport
internal import Foundation

/// `manifest.json`: every file with its bytes and SHA-256, every source with its own, and what made them: enough for
/// `diff` to tell why a figure is another than in the report before.
struct Manifest {
    static let schema = "countersign/manifest/1"
    static let name = "manifest.json"
    /// 64 bytes: Ed25519 over the bytes of the manifest.
    static let signatureName = "manifest.json.sig"
    static let names = [name, signatureName]

    let document: Document

    /// - Parameter cutoff: what lies before it is gone, by retention; `nil` where nothing is ever purged.
    init(
        folder: String, files: [String], window: ReportWindow, cutoff: Instant?, sources: SourceList,
        privacy: ReportPrivacy, session: Session
    ) throws {
        let written = try files.sorted().map { name in
            // A workbook may be as large as it likes: it is read piece by piece.
            let path = "\(folder)/\(name)"
            let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            return Document.object([
                .init("file", .string(name)), .init("bytes", .int(bytes)),
                .init("sha256", .string(try SourceFile.sha256(path: path, named: name))),
            ])
        }
        let weeks: [Document.Member] = window.weeks > 1 ? [.init("weeks", .int(window.weeks))] : []
        let head: [Document.Member] = [
            .init("schema", .string(Self.schema)),
            .init("version", .string(Version.text)),
            .init("as_of", .instant(session.asOf)),
            .init("timezone", .string(session.configuration.kpis.timeZone)),
            .init("week", .string(window.week.label)),
        ]
        let rest: [Document.Member] = [
            .init("config_sha256", .string(session.configuration.digest)),
            .init("ledger", try session.lookedAtAudit().ledger.document),
            .init("signing_key", .optional(session.signingKey?.verifying.id) { .string($0) }),
            .init("config", session.configuration.figureSettings(privacy)),
            .init("cutoff_at", .instant(cutoff)),
            .init(
                "definitions", .array(session.reportQueries.map(Self.definition))),
            .init("files", .array(written)),
            .init("sources", .array(sources.files.map(\.document))),
        ]
        document = .object(head + weeks + rest)
    }

    /// Writes the manifest into a folder, and beside it the signature.
    ///
    /// - Parameter key: `nil` for none.
    func write(to folder: String, signedWith key: SigningKey?) throws {
        try Self.write(document, to: folder, signedWith: key)
    }

    static func write(_ document: Document, to folder: String, signedWith key: SigningKey?) throws {
        let bytes = Array(document.json().utf8)
        try DurableFile.write(bytes, to: "\(folder)/\(name)")
        guard let key else { return }
        guard let signature = key.signature(of: bytes) else {
            throw Failure(
                .bug, "\(folder)/\(name): error: cannot be signed [signing-key]\n  fix: please report this")
        }
        try DurableFile.write(signature, to: "\(folder)/\(signatureName)")
    }

    /// A file of `queries/`: its text by digest, and what it feeds from what.
    private static func definition(_ query: QueryFile) -> Document {
        .object([
            .init("name", .string(query.name)), .init("version", .int(query.version)),
            .init("sha256", .string(query.sha256)), .init("kpi", .string(query.reduction.rawValue)),
            .init("sources", .array(query.sources.map { .string($0) })),
        ])
    }
}

extension LedgerState {
    /// The head as it stands in a manifest: noted outside the store, it shows later whether the end was cut off.
    var document: Document {
        .object([.init("entries", .int(entries)), .init("head", .string(head.hash))])
    }
}

enum Version {
    static let text = "0.1.0"
}
