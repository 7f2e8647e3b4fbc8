public import CountersignCore

/// What moved between two KPI documents, for people: as plain text or as Markdown.
public struct DiffRenderer: Sendable {
    private static let longest = 200

    private let diff: KPIDocumentDiff
    private let names: (a: String, b: String)
    private let notes: [String]

    /// - Parameters:
    ///   - a: what the first is called.
    ///   - b: what the second is called.
    ///   - notes: what could not be compared.
    public init(_ diff: KPIDocumentDiff, a: String, b: String, notes: [String]) {
        self.diff = diff
        names = (a, b)
        self.notes = notes
    }

    // MARK: Text

    public var text: String {
        var lines = ["from \(VisibleText.line(names.a)) to \(VisibleText.line(names.b))"]
        lines += notes.map { "note: \(VisibleText.line($0))" }
        lines += diff.frame.map { "\($0.subject): \(line($0))" }
        lines += ["", count]
        for reason in diff.reasons {
            lines += ["", reason.kind.rawValue]
            lines += reason.evidence.map { "  \(VisibleText.line($0.subject)): \(line($0))" }
        }
        for (account, figures) in groups {
            lines += ["", account.map(VisibleText.line) ?? "all accounts"]
            lines += figures.map { "  \(VisibleText.line($0.name)): \(line($0))  [\(why($0))]" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ evidence: MoveEvidence) -> String {
        "\(Self.shown(evidence.from ?? "none")) → \(Self.shown(evidence.to ?? "none"))"
    }

    private func line(_ figure: MovedFigure) -> String {
        let (from, to) = sides(figure)
        return switch figure.state {
        case .moved: "\(Self.shown(from)) → \(Self.shown(to))" + (change(figure).map { " (\($0))" } ?? "")
        case .appeared: "appeared: \(Self.shown(to))"
        case .gone: "gone: \(Self.shown(from))"
        }
    }

    // MARK: Markdown

    public var markdown: String {
        var lines = ["# What moved", ""]
        lines += ["From \(MarkdownText.value(names.a)) to \(MarkdownText.value(names.b)).", ""]
        for note in notes { lines += ["Note: \(MarkdownText.sentence(note))", ""] }
        if !diff.frame.isEmpty { lines += table(["What", "From", "To"], diff.frame.map(cells)) }
        lines += [count.prefix(1).uppercased() + count.dropFirst() + ".", ""]
        if !diff.reasons.isEmpty {
            lines += ["## Why", ""]
            let rows = diff.reasons.flatMap { reason in
                reason.evidence.map { [reason.kind.rawValue] + cells($0) }
            }
            lines += table(["Reason", "What", "From", "To"], rows)
        }
        for (account, figures) in groups {
            lines += ["## \(MarkdownText.value(account ?? "All accounts"))", ""]
            lines += table(["Figure", "From", "To", "Change", "Why"], figures.map(cells))
        }
        return lines.joined(separator: "\n").trimmingLineEnds + "\n"
    }

    private func cells(_ evidence: MoveEvidence) -> [String] {
        [evidence.subject, evidence.from ?? "none", evidence.to ?? "none"].map { MarkdownText.value(Self.shown($0)) }
    }

    private func cells(_ figure: MovedFigure) -> [String] {
        let (from, to) = sides(figure)
        let change = figure.state == .moved ? change(figure) ?? "" : figure.state.rawValue
        return [MarkdownText.value(figure.name)]
            + [
                figure.state == .appeared ? "" : Self.shown(from), figure.state == .gone ? "" : Self.shown(to), change,
                why(figure),
            ].map(MarkdownText.value)
    }

    private func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.map { "| \($0.joined(separator: " | ")) |" } + [""]
    }

    // MARK: Both

    private var count: String {
        guard !diff.figures.isEmpty else { return "no figure moved" }
        let parts = [MovedFigure.State.moved, .appeared, .gone].compactMap { state -> String? in
            let count = diff.figures.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(state.rawValue)"
        }
        return "figures: " + parts.joined(separator: ", ")
    }

    /// By account, in the order of the documents.
    private var groups: [(account: String?, figures: [MovedFigure])] {
        var groups: [(account: String?, figures: [MovedFigure])] = []
        for figure in diff.figures {
            if let last = groups.last, last.account == figure.account {
                groups[groups.count - 1].figures.append(figure)
            } else {
                groups.append((figure.account, [figure]))
            }
        }
        return groups
    }

    private func sides(_ figure: MovedFigure) -> (from: String, to: String) {
        func side(_ value: Document?) -> String {
            guard let value else { return "" }
            guard figure.isMeasurability else { return value.plainText }
            guard value.isNotMeasurable else { return "measurable" }
            return "not measurable (\(value["reason"]?.string ?? "no reason given"))"
        }
        return (side(figure.from), side(figure.to))
    }

    private func change(_ figure: MovedFigure) -> String? {
        figure.change.map { change in
            let text = change.plainText
            return text.hasPrefix("-") ? FixedPoint.minus + text.dropFirst() : "+" + text
        }
    }

    private func why(_ figure: MovedFigure) -> String {
        figure.reasons.isEmpty ? "unexplained" : figure.reasons.map(\.rawValue).joined(separator: ", ")
    }

    private static func shown(_ text: String) -> String { VisibleText.cut(VisibleText.line(text), to: longest) }
}

extension String {
    /// Without empty lines at its end.
    fileprivate var trimmingLineEnds: String {
        var text = self
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
