internal import CountersignCore
internal import Logging

/// swift-log to standard error, as text or as one JSON object a line. Never holds message text.
struct StandardErrorLog: LogHandler {
    enum Format: String, CaseIterable { case text, json }

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let label: String
    let format: Format
    let console: Console

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
        console.clearProgress()
        let line: String
        switch format {
        case .text:
            let details = merged.isEmpty ? "" : ": " + merged.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            line = "\(label): \(event.level == .info ? "" : "\(event.level.rawValue): ")\(event.message)\(details)\n"
        case .json:
            let members =
                [Document.Member("step", .string(label)), .init("level", .string(event.level.rawValue))]
                + [.init("message", .string("\(event.message)"))] + merged.map { .init($0.key, .string("\($0.value)")) }
            line = Document.object(members).line()
        }
        StandardStream.error(line)
    }
}
