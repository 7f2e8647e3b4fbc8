public import CountersignCore

/// A report's summary for standard output: Markdown that reads well as the plain text of cron's mail.
public struct SummaryRenderer: Sendable {
    public init() {}

    public func summary(_ report: Report) -> String {
        let formatting = Formatting(timeZone: report.timeZone)
        let lines = ReportLines(report)
        let sections = Dictionary(report.sections.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        var paragraphs = ["# " + MarkdownText.sentence(report.title)]
        if !lines.banners.isEmpty {
            paragraphs.append(lines.banners.map { "> - ⚠ **\(MarkdownText.sentence($0))**" }.joined(separator: "\n"))
        }
        paragraphs.append(
            "\(MarkdownText.sentence(report.period.label)), as of \(formatting.instant(report.asOf)) "
                + MarkdownText.sentence(formatting.time.name))
        paragraphs.append("## Needs you now")
        let needs = report.needs.map { need in
            "- "
                + lines.need(need) { link, _ in
                    switch link {
                    case .section(let id): sections[id].map { "see \(MarkdownText.sentence($0))" }
                    case .address(let address): WebAddress.isPlain(address) ? "<\(address)>" : nil
                    }
                }
        }
        paragraphs.append(needs.isEmpty ? report.withoutNeeds : needs.joined(separator: "\n"))
        paragraphs.append("## The period in figures")
        paragraphs.append(report.figures.isEmpty ? "None." : lines.figures.text)
        return paragraphs.joined(separator: "\n\n") + "\n"
    }
}
