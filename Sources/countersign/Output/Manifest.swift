internal import CountersignCore
internal import CountersignReport
internal import Foundation

/// `manifest.json`: every file with its bytes and SHA-256, every source with its own, and what made them: enough for
/// `diff` to tell why a figure is another than in the report before.
struct Manifest {
    static let schema = "countersign/manifest/1"

    let document: Document

    /// - Parameter cutoff: what lies before it is gone, by retention; `nil` where nothing is ever purged.
    init(
        folder: String, files: [String], week: ReportCalendar.Week, cutoff: Instant?, sources: SourceList,
        privacy: ReportPrivacy, session: Session
    ) throws {
        let written = try files.sorted().map { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            return Document.object([
                .init("file", .string(name)), .init("bytes", .int(bytes.count)),
                .init("sha256", .string(Digest256.hexadecimal(of: bytes))),
            ])
        }
        document = .object([
            .init("schema", .string(Self.schema)),
            .init("version", .string(Version.text)),
            .init("as_of", .instant(session.asOf)),
            .init("timezone", .string(session.configuration.kpis.timeZone)),
            .init("week", .string(week.label)),
            .init("config_sha256", .string(session.configuration.digest)),
            .init("config", session.configuration.figureSettings(privacy)),
            .init("cutoff_at", .instant(cutoff)),
            .init("definitions", .array(session.queryFiles.map(Self.definition))),
            .init("files", .array(written)),
            .init("sources", .array(sources.files.map(\.document))),
        ])
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

enum Version {
    static let text = "0.1.0"
}
