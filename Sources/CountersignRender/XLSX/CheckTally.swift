internal import CountersignCore

/// What the workbook counts of its own rows while they are written, and the formulas that count it again.
final class CheckTally {
    private let checks: [Check]
    private var sums: [Int]
    private var ranges: [String: [Range]] = [:]

    private struct Range {
        let sheet: String
        let place: TablePlace
        let columns: [Column]
    }

    init(_ checks: [Check]) {
        self.checks = checks
        sums = checks.map { _ in 0 }
    }

    /// Some of a table's rows stand at a place.
    func begin(_ table: Table, sheet: String, at place: TablePlace) {
        ranges[table.id, default: []].append(Range(sheet: sheet, place: place, columns: table.columns))
    }

    func add(_ row: [Cell], of table: Table) {
        for (index, check) in checks.enumerated() where check.table == table.id {
            sums[index] += check.sum.addend(row, columns: table.columns)
        }
    }

    /// A check with what the rows add up to.
    struct Line {
        let check: Check
        let counted: Int
        /// Counts the same from the cells.
        let formula: String
        let sheet: String?

        fileprivate var result: String {
            guard let value = check.value else { return "not known" }
            return value == counted ? "agrees" : "differs"
        }

        fileprivate var tone: Palette.Tone {
            guard let value = check.value else { return Palette.waiting }
            return value == counted ? Palette.good : Palette.bad
        }
    }

    var lines: [Line] {
        zip(checks, sums).map { check, sum in
            let parts = (ranges[check.table] ?? []).compactMap { part($0, check.sum) }
            return Line(
                check: check, counted: sum, formula: "=" + (parts.isEmpty ? "0" : parts.joined(separator: "+")),
                sheet: ranges[check.table]?.first?.sheet)
        }
    }

    private func part(_ range: Range, _ sum: Check.Sum) -> String? {
        func cells(_ key: String?) -> String? {
            let index = key.map { key in range.columns.firstIndex { $0.key == key } } ?? 0
            guard let index else { return nil }
            let column = CellName.column(range.place.column + index)
            return "'\(range.sheet)'!$\(column)$\(range.place.first + 1):$\(column)$\(range.place.last + 1)"
        }
        switch sum {
        case .rows: return cells(nil).map { "ROWS(\($0))" }
        case .column(let key): return cells(key).map { "SUM(\($0))" }
        case .word(let key, let word):
            // A word of the report's own, as its cells show it. `"` would end the text of the formula, which holds at most
            // 255 characters.
            let quoted = VisibleText.line(word).replacing("\"", with: "\"\"")
            guard quoted.utf16.count <= 255 else { return nil }
            return cells(key).map { "COUNTIF(\($0),\"\(quoted)\")" }
        }
    }
}

/// The lines on a cover that set the report's totals beside what the spreadsheet counts.
struct CheckLines {
    let lines: [CheckTally.Line]
    let formatting: Formatting

    static let heading = "The workbook counts itself"
    static let titles = ["Total", "The report says", "Counted here", "Result", "Where"]

    /// - Parameter columns: of the title, the report's value, the formula, the result and the link.
    func write(
        to sheet: borrowing Sheet, row: inout Int, columns: [Int], line base: CellStyle
    ) throws(RenderError) {
        for (column, title) in zip(columns, CheckLines.titles) {
            let isNumber = column == columns[1] || column == columns[2]
            try sheet.write(
                title, row: row, column: column, style: isNumber ? .header.with(\.alignment, .right) : .header)
        }
        row += 1
        for line in lines {
            let number = base.with(\.number, .count).with(\.alignment, .right).with(\.indent, 1)
            try sheet.write(line.check.title, row: row, column: columns[0], style: base.leftAligned)
            if let value = line.check.value {
                try sheet.write(Double(value), row: row, column: columns[1], style: number)
            } else {
                try sheet.write(Formatting.dash, row: row, column: columns[1], style: number)
            }
            try sheet.writeFormula(
                line.formula, cached: Double(line.counted), row: row, column: columns[2], style: number)
            let (ours, theirs) = (CellName.cell(row, columns[1]), CellName.cell(row, columns[2]))
            try sheet.writeFormula(
                "=IF(ISNUMBER(\(ours)),IF(\(ours)=\(theirs),\"agrees\",\"differs\"),\"not known\")",
                cached: line.result, row: row, column: columns[3],
                style: base.leftAligned.with(\.isBold, true).with(\.ink, line.tone.ink))
            if let target = line.sheet, target != WorkbookPlan.cover {
                try sheet.writePointer(to: target, row: row, column: columns[4], style: base.leftAligned)
            }
            row += 1
        }
    }
}
