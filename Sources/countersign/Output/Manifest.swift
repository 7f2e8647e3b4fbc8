internal import CountersignCore
internal import CountersignReport
internal import Foundation

/// `manifest.json`: every file with its bytes and SHA-256, every source with its own, and what made them.
struct Manifest {
    let document: Document

    init(
        folder: String, files: [String], window: ReportWindow, document kpis: Document, sources: SourceList,
        session: Session
    ) throws {
        let written = try files.sorted().map { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            return Document.object([
                .init("file", .string(name)), .init("bytes", .int(bytes.count)),
                .init("sha256", .string(Digest256.hexadecimal(of: bytes))),
            ])
        }
        let weeks: [Document.Member] = window.weeks > 1 ? [.init("weeks", .int(window.weeks))] : []
        let head: [Document.Member] = [
            .init("schema", .string("countersign/manifest/1")),
            .init("version", .string(Version.text)),
            .init("as_of", .instant(session.asOf)),
            .init("timezone", .string(session.configuration.kpis.timeZone)),
            .init("week", .string(window.week.label)),
        ]
        let rest: [Document.Member] = [
            .init("config_sha256", .string(session.configuration.digest)),
            .init("files", .array(written)),
            .init("sources", .array(sources.files.map(\.document))),
        ]
        document = .object(head + weeks + rest)
    }
}

enum Version {
    static let text = "0.1.0"
}
