import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

/// Compares a text with the one that is kept; `UPDATE_GOLDEN=1` rewrites it and fails once, so that somebody
/// reads the difference.
func expectGolden(_ text: String, in file: URL, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let kept = try? String(contentsOf: file, encoding: .utf8)
    if kept == text { return }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try text.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("\(file.path) has been rewritten", sourceLocation: sourceLocation)
        return
    }
    let pairs = zip((kept ?? "").split(separator: "\n"), text.split(separator: "\n"))
    let first = pairs.first { $0 != $1 }.map { "first difference:\n  kept \($0)\n  now  \($1)" } ?? "one is longer"
    Issue.record("\(file.path) differs; \(first)", sourceLocation: sourceLocation)
}

/// What a source gave, as text: the totals, every record, every warning and rejected row; or its problem.
func outcome(of path: String, named name: String) throws -> String {
    let imported: Imported
    do {
        imported = try Imported(file: path, named: name)
    } catch let problem as Problem {
        return "\(problem)\n"
    }
    let summary = imported.summary
    let kinds = summary.kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
    var lines = ["rows \(summary.rowsRead), rejected \(summary.rejected), \(kinds.joined(separator: ", "))"]
    if let first = summary.firstAt, let last = summary.lastAt {
        lines.append("from \(first.iso8601) to \(last.iso8601)")
    }
    if summary.linesNotUnderstood > 0 { lines.append("event lines not understood: \(summary.linesNotUnderstood)") }
    let records = imported.records
    lines += records.decisions.map { dump($0, name: "decision") }
    lines += records.attempts.map { dump($0, name: "attempt") }
    lines += records.conversations.map { dump($0, name: "conversation") }
    lines += records.messages.map { dump($0, name: "message") }
    lines += records.events.map { dump($0, name: "event") }
    lines += records.contacts.map { dump($0, name: "contact") }
    lines += records.names.map { dump($0, name: "name") }
    lines += records.suggestions.map { dump($0, name: "suggestion") }
    lines += records.breaches.map { dump($0, name: "breach") }
    lines += records.figures.map { dump($0, name: "figure") }
    lines += records.staff.map { dump($0, name: "agent") }
    lines += records.templates.map { dump($0, name: "template") }
    lines += (summary.warnings + records.rejected.map(\.problem)).map(\.description)
    return lines.joined(separator: "\n") + "\n"
}

/// The fields of a record that are not nil, in order, each on a line of its own.
private func dump(_ record: some Any, name: String) -> String {
    var lines = [name]
    for child in Mirror(reflecting: record).children {
        guard let label = child.label, let text = text(of: child.value) else { continue }
        lines.append("  \(label): \(text)")
    }
    return lines.joined(separator: "\n")
}

private func text(of value: Any) -> String? {
    switch value {
    case let instant as Instant: "\(instant.iso8601) +\(instant.microseconds % 1000)"
    case let place as SourcePlace: "\(place.file):\(place.line)"
    case let contact as Contact:
        "\(contact.id.map(String.init) ?? "?") \(contact.name ?? "?") \(contact.keys.map { "\($0.kind)" })"
    case let text as Message.Text:
        "\(text.features.tokenCount) tokens\(text.isProcessed ? ", without quoted history" : "")"
    case let traits as Message.Traits: "\(traits.kind)\(names(of: traits))"
    case let activity as Activity:
        "\(activity.kind) \(activity.subject ?? activity.assignee.map { "user \($0)" } ?? "") by \(activity.actor ?? "?")"
    case let grades as Decision.Grades:
        grades == Decision.Grades()
            ? nil
            : [grades.tone, grades.accuracy, grades.policy].map { $0.map(String.init) ?? "?" }.joined(separator: " ")
    case let labels as [String] where type(of: value) == [String]?.self: "\(labels)"
    case let activities as [Activity]:
        activities.isEmpty
            ? nil : activities.map { "\($0.kind) \($0.subject ?? "?") by \($0.actor ?? "?")" }.joined(separator: ", ")
    default:
        Mirror(reflecting: value).displayStyle == .optional
            ? Mirror(reflecting: value).children.first.flatMap { text(of: $0.value) } : "\(value)"
    }
}

/// The traits that decide the kind, as far as they are set.
private func names(of traits: Message.Traits) -> String {
    let names: [(Message.Traits, String)] = [
        (.incoming, "incoming"), (.outgoing, "outgoing"), (.isPrivate, "private"), (.byContact, "by contact"),
        (.byUser, "by user"), (.byBot, "by bot"), (.byRule, "by rule"), (.campaign, "campaign"), (.echo, "echo"),
        (.listed, "listed"),
    ]
    let set = names.filter { traits.contains($0.0) }.map(\.1)
    return set.isEmpty ? "" : " (\(set.joined(separator: ", ")))"
}
