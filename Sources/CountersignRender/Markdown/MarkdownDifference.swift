internal import CountersignCore

/// A text with its changes for a cell: `… will write ~~shortly~~ **by {{time}}**.`
///
/// Long stretches without a change are shortened to the words beside the changes; the workbook has the whole. Where a
/// mark would stand between two letters or marks that make it none, a space parts them.
struct MarkdownDifference {
    let text: String

    /// Of what stays the same, so many characters are shown beside a change.
    private static let context = 40
    /// More than this is cut at a word.
    private static let longest = 240

    init(_ changes: [TextChange]) {
        let parts = changes.map { TextChange($0.kind, VisibleText.line($0.text)) }.filter { !$0.text.isEmpty }
        guard parts.contains(where: { !$0.text.trimmingSpaces.isEmpty }) else {
            text = Formatting.dash
            return
        }
        var text = ""
        var shown = 0
        for (index, part) in parts.enumerated() {
            guard shown < MarkdownDifference.longest else {
                text += text.hasSuffix("…") ? "" : " …"
                break
            }
            let isSame = part.kind == .same
            let piece =
                isSame
                ? MarkdownDifference.shortened(part.text, isFirst: index == 0, isLast: index == parts.count - 1)
                : MarkdownDifference.head(part.text, MarkdownDifference.longest - shown)
            shown += piece.count
            MarkdownDifference.append(piece, part.kind, to: &text)
        }
        self.text = text.trimmingSpaces
    }

    private static func append(_ piece: String, _ kind: TextChange.Kind, to text: inout String) {
        let core = MarkdownText.value(piece)
        let (before, after) = (piece.hasPrefix(" "), piece.hasSuffix(" "))
        guard !core.isEmpty else {
            text += text.hasSuffix(" ") ? "" : " "
            return
        }
        let mark =
            switch kind {
            case .same: ""
            case .delete: "~~"
            case .insert: "**"
            }
        let needsSpace =
            kind == .same
            // After a mark of ours.
            ? text.hasSuffix("**") || text.hasSuffix("~~") ? !isApart(core.unicodeScalars.first) : false
            : !isApart(text.unicodeScalars.last) || text.hasSuffix("**") || text.hasSuffix("~~")
        if (before || needsSpace) && !text.isEmpty && !text.hasSuffix(" ") { text += " " }
        text += mark + core + mark + (after ? " " : "")
    }

    /// Whether a mark beside it is one, whatever stands on its other side.
    private static func isApart(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return true }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .connectorPunctuation, .dashPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    private static func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        guard text.count > context * 2 else { return text }
        let head = isFirst ? "" : head(text, context)
        let tail = isLast ? "" : tail(text, context)
        if isFirst { return tail }
        if isLast { return head }
        return head + tail.dropFirst()
    }

    /// The first words, with an ellipsis where some are left out.
    private static func head(_ text: String, _ count: Int) -> String {
        guard text.count > count else { return text }
        let cut = text.prefix(count)
        let end = cut.lastIndex(of: " ") ?? cut.endIndex
        return (end == cut.startIndex ? String(cut) : String(cut[..<end])) + " …"
    }

    /// The last words, with an ellipsis before them.
    private static func tail(_ text: String, _ count: Int) -> String {
        guard text.count > count else { return text }
        let cut = text.suffix(count)
        let start = cut.firstIndex(of: " ") ?? cut.startIndex
        return "…" + (cut[start...].hasPrefix(" ") ? "" : " ") + cut[start...]
    }
}
