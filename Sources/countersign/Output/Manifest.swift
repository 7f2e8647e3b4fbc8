internal import CountersignCore
internal import CountersignImport
internal import CountersignReport
internal import Foundation

/// `manifest.json`: every file with its bytes and SHA-256, every source with its own, and what made them: enough for
/// `diff` to tell why a figure is another than in the report before.
struct Manifest {
    static let schema = "countersign/manifest/1"

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
            .init("config", session.configuration.figureSettings(privacy)),
            .init("cutoff_at", .instant(cutoff)),
            .init(
                "definitions", .array(session.reportQueries.map(Self.definition))),
            .init("files", .array(written)),
            .init("sources", .array(sources.files.map(\.document))),
        ]
        document = .object(head + weeks + rest)
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
