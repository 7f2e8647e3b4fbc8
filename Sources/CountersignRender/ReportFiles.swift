public import CountersignCore

/// What a report is written as.
public enum ReportFormat: String, Hashable, Sendable, CaseIterable { case xlsx, md, json }

/// All files of a report in one folder: `weekly.xlsx`, `weekly.md`, `charts/*.svg`, `weekly.json`.
public struct ReportFiles: Sendable {
    private let page: MarkdownRenderer

    /// - Parameter pageTemplate: the text of the report's `page.mustache`.
    public init(pageTemplate: String) throws(RenderError) {
        page = try MarkdownRenderer(template: pageTemplate)
    }

    /// Writes into a folder, made when it is missing (its parent must be there): files 0600, folders 0700. Not synced
    /// and not renamed: the caller exchanges whole folders.
    ///
    /// - Parameter formats: the charts belong to the page.
    /// - Returns: the paths of the files within the folder, sorted.
    public func write(
        _ report: Report, to folder: String, formats: Set<ReportFormat> = Set(ReportFormat.allCases)
    ) throws -> [String] {
        let stem = ReportFiles.fileName(report.id)
        var written: [String] = []
        try PrivateFile.createFolder(folder)
        if formats.contains(.xlsx) {
            try WorkbookRenderer().write(report, to: "\(folder)/\(stem).xlsx")
            written.append(stem + ".xlsx")
        }
        if formats.contains(.json) {
            try JSONRenderer().write(report, to: "\(folder)/\(stem).json")
            written.append(stem + ".json")
        }
        guard formats.contains(.md) else { return written.sorted() }
        try PrivateFile.write(page.page(report), to: "\(folder)/\(stem).md")
        written.append(stem + ".md")
        let charts = ReportFiles.charts(of: report)
        if !charts.isEmpty { try PrivateFile.createFolder("\(folder)/charts") }
        for chart in charts {
            let path = "charts/" + ReportFiles.chartName(chart, of: report)
            try PrivateFile.write(SVGRenderer().svg(chart), to: "\(folder)/\(path)")
            written.append(path)
        }
        return written.sorted()
    }

    /// With the report's id, since all reports of a week share the folder.
    static func chartName(_ chart: Chart, of report: Report) -> String {
        "\(fileName(report.id))-\(fileName(chart.id)).svg"
    }

    private static func charts(of report: Report) -> [Chart] {
        report.sections.flatMap(\.blocks).compactMap { block in
            if case .chart(let chart) = block { chart } else { nil }
        }
    }

    /// Only what every file system and every link takes as it is: no way out of the folder.
    static func fileName(_ id: String) -> String {
        let plain = id.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-": Character(scalar)
            default: "_"
            }
        }
        return plain.isEmpty ? "_" : String(plain)
    }
}
