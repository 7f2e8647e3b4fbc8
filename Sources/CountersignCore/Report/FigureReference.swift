/// The name that `explain` takes for a number of a report.
public struct FigureReference: Hashable, Sendable {
    public let name: String
    /// `nil` where the default account is meant: all together, or the only one.
    public let account: String?

    public init(name: String, account: String? = nil) {
        self.name = name
        self.account = account
    }

    /// How `explain` is told of which report a number is: `--week 2026-W44 --as-of 2026-11-02T05:00:00.000Z`.
    public static func window(of report: Report) -> String {
        let labels = report.period.label.split(separator: " ").compactMap { ReportCalendar.Week(String($0)) }
        var arguments = labels.last.map { "--week \($0.label) " } ?? ""
        if let first = labels.first, let last = labels.last, first != last {
            arguments += "--weeks \((last.monday.daysSince1970 - first.monday.daysSince1970) / 7 + 1) "
        }
        return arguments + "--as-of \(report.asOf.iso8601)"
    }

    /// The name of a column of a row.
    public func column(_ key: String) -> FigureReference {
        FigureReference(name: "\(name).\(key)", account: account)
    }

    /// As a shell takes it: `triage.p2_rate --account shop.example`.
    public var arguments: String {
        Self.quoted(name) + (account.map { " --account \(Self.quoted($0))" } ?? "")
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "._:-/@#".utf8.contains($0)
        }
        return isPlain && !text.hasPrefix("#") ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }
}
