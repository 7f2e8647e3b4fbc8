internal import CountersignCore

/// The lines that the page and the summary share: what needs a person, and the period in figures.
struct ReportLines {
    private let report: Report
    private let formatting: Formatting

    init(_ report: Report) {
        self.report = report
        formatting = Formatting(timeZone: report.timeZone)
    }

    /// What is said first. White space alone could not be made bold.
    var banners: [String] { report.banners.map { MarkdownText.value($0).isEmpty ? Formatting.dash : $0 } }

    /// `**3** open breaches over 2 h: oldest 5 h 12 min, [conversation](…)`
    ///
    /// - Parameter link: the link as Markdown, given its words; `nil` where there is none.
    func need(_ need: Need, link: (Link, String) -> String?) -> String {
        var line = "**\(value(need.count))** \(MarkdownText.value(need.title))"
        var rest: [String] = []
        if let worst = need.worst {
            let title = need.worstTitle.map { MarkdownText.sentence($0) + " " } ?? ""
            rest.append(title + value(worst))
        }
        if let target = need.link, let text = link(target, "conversation") { rest.append(text) }
        if !rest.isEmpty { line += ": " + rest.joined(separator: ", ") }
        return line
    }

    var figures: MarkdownTable {
        MarkdownTable(
            columns: [
                .init(title: "Figure", isNumber: false), .init(title: "Value", isNumber: true),
                .init(title: "Before", isNumber: true), .init(title: "Change", isNumber: true),
                .init(title: "Reading", isNumber: false),
            ],
            rows: report.figures.map { figure in
                [
                    MarkdownText.sentence(figure.title), value(figure.value), value(figure.previous),
                    MarkdownText.value(formatting.signed(figure.change)), figure.verdict.words,
                ]
            })
    }

    /// The intervals and reasons behind the table, a line for each figure that has any.
    var figureNotes: [String] {
        report.figures.compactMap { figure in
            var parts: [String] = []
            if figure.interval.count == 2 {
                parts.append("95 % interval \(MarkdownText.value(formatting.interval(figure.interval)))")
            }
            if let note = figure.note { parts.append(MarkdownText.sentence(note)) }
            guard !parts.isEmpty else { return nil }
            return MarkdownText.sentence(figure.title) + ": " + parts.joined(separator: "; ")
        }
    }

    private func value(_ cell: Cell) -> String { MarkdownTable.markdown(cell, formatting) }
}

extension Figure.Verdict {
    /// What a reader is told of a change.
    var words: String {
        switch self {
        case .signal: "signal"
        case .noise: "noise"
        case .none: Formatting.dash
        }
    }
}
