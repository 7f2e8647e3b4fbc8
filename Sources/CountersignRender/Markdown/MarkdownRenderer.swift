public import CountersignCore
internal import Mustache

/// A report as a page of GitHub's Markdown, laid out by a template that only places values.
///
/// `{{name}}` places text, escaped; `{{{name}}}` places what is Markdown already. The names a template may use are
/// those of `PageContext`; a name that is none of them renders as nothing.
public struct MarkdownRenderer: Sendable {
    private let template: MustacheTemplate

    /// - Parameter template: the text of a `page.mustache`; its first line chooses the Markdown content
    ///   type, since mustache's own would escape HTML and let markup through.
    public init(template: String) throws(RenderError) {
        guard template.hasPrefix(MarkdownContentType.pragma) else {
            throw .template("its first line must be \(MarkdownContentType.pragma)")
        }
        _ = MarkdownContentType.registered
        do {
            self.template = try MustacheTemplate(string: template)
        } catch {
            throw .template(String(describing: error))
        }
    }

    /// - Throws: what the rows of a table cannot be read for.
    public func page(_ report: Report) throws -> String {
        MarkdownRenderer.tidied(template.render(try PageContext(report).values()))
    }

    /// Without doubled blank lines and spaces at line ends, which a template's loops leave; one newline at the end.
    private static func tidied(_ page: String) -> String {
        var lines: [String] = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            let end = line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex
            let trimmed = String(line[..<end])
            if trimmed.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(trimmed)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }
}
