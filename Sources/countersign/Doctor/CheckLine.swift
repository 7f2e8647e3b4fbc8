internal import Foundation

/// One thing that was looked at: what it is, how it stands, and what to do.
struct CheckLine: Equatable {
    enum Level: String { case ok, warn, fail }

    let level: Level
    /// A word or two for the second column; empty for a line that belongs to the one before.
    let subject: String
    let text: String
    let fix: String?
    /// What a failure means for the exit status.
    let status: Status

    static func ok(_ subject: String, _ text: String) -> CheckLine {
        CheckLine(level: .ok, subject: subject, text: text, fix: nil, status: .fine)
    }

    static func warn(_ subject: String, _ text: String, fix: String) -> CheckLine {
        CheckLine(level: .warn, subject: subject, text: text, fix: fix, status: .fine)
    }

    static func fail(_ subject: String, _ text: String, fix: String, _ status: Status) -> CheckLine {
        CheckLine(level: .fail, subject: subject, text: text, fix: fix, status: status)
    }

    /// A failure of another command's making: its first line without the word that every error has.
    static func fail(_ subject: String, _ failure: Failure) -> CheckLine {
        let lines = failure.text.split(separator: "\n", maxSplits: 1).map(String.init)
        let fix = lines.count > 1 ? lines[1].trimmingCharacters(in: .whitespacesAndNewlines) : ""
        return .fail(
            subject, lines[0].replacingOccurrences(of: "error: ", with: ""),
            fix: fix.hasPrefix("fix: ") ? String(fix.dropFirst("fix: ".count)) : fix, failure.status)
    }
}

extension Sequence<CheckLine> {
    /// The gravest of what fails.
    var status: Status { reduce(.fine) { $0 | $1.status } }
}

/// Lines as they are printed, none wider than 80 columns.
enum CheckText {
    private static let width = 80
    private static let levelWidth = 6

    /// - Parameter subjectWidth: of the second column; 0 for none.
    static func text(_ lines: [CheckLine], subjectWidth: Int) -> String {
        lines.map { line in
            let indent = levelWidth + subjectWidth
            let head = padded(line.level.rawValue, levelWidth) + padded(line.subject, subjectWidth)
            let fix = line.fix.map { wrapped("fix: " + $0, head: blank(indent), indent: indent + "fix: ".count) } ?? ""
            return wrapped(line.text, head: head, indent: indent) + fix
        }.joined()
    }

    private static func padded(_ text: String, _ width: Int) -> String { text + blank(width - text.count) }
    private static func blank(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    /// Breaks at spaces, and within a word only where it alone is too long, as a path may be.
    private static func wrapped(_ text: String, head: String, indent: Int) -> String {
        var lines: [String] = []
        var line = head
        var isEmpty = true
        func end() {
            lines.append(line)
            line = blank(indent)
            isEmpty = true
        }
        for word in visible(text).split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width { end() }
            line += isEmpty ? "" : " "
            var rest = word[...]
            while line.count + rest.count > width, line.count < width {
                let part = rest.prefix(width - line.count)
                line += part
                rest = rest.dropFirst(part.count)
                end()
            }
            line += rest
            isEmpty = false
        }
        lines.append(line)
        return lines.map { $0 + "\n" }.joined()
    }

    /// A file's name may hold anything, an escape sequence too.
    private static func visible(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
