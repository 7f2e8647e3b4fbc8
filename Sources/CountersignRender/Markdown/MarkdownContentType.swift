internal import Mustache

/// What `{{name}}` does in a page: places the text as a sentence. `{{{name}}}` places Markdown as it is.
struct MarkdownContentType: MustacheContentType {
    static let pragma = "{{% CONTENT_TYPE:MARKDOWN}}"

    /// The library keeps content types by name for the whole process; this enters ours once.
    static let registered: Void = MustacheContentTypes.register(MarkdownContentType(), named: "MARKDOWN")

    func escapeText(_ text: String) -> String { MarkdownText.sentence(text) }
}
