internal import CountersignCore

/// Which sheet holds what: decided once, so that links and pages name the sheets that are written.
struct WorkbookPlan {
    struct Limits {
        /// Excel's rows on a sheet.
        var sheetRows = 1_048_576
        /// Tables with more rows are written in constant memory on sheets of their own, where the library
        /// has no Excel tables.
        var tableRows = 50_000
    }

    struct Sheet {
        enum Content {
            case section(Section, blocks: [Block], isFirst: Bool)
            /// A part of a long table.
            case rows(Table, Range<Int>)
        }

        let name: String
        let content: Content
    }

    static let cover = "Cover"
    static let chartData = "Chart data"
    /// Above the first row of a long table: its title and its header.
    static let rowsAboveLongTable = 2

    let limits: Limits
    let sheets: [Sheet]
    private var sheetOfSection: [String: String] = [:]
    private var sheetsOfTable: [String: [String]] = [:]

    init(_ report: Report, limits: Limits = Limits()) {
        self.limits = limits
        var names = WorkbookNames()
        for own in [WorkbookPlan.cover, WorkbookPlan.chartData] { _ = names.sheet(own) }
        var sheets: [Sheet] = []
        for section in report.sections {
            if section.id == report.cover {
                sheetOfSection[section.id] = WorkbookPlan.cover
                for case .table(let table) in section.blocks where table.rows.count <= limits.tableRows {
                    sheetsOfTable[table.id] = [WorkbookPlan.cover]
                }
                WorkbookPlan.addLongTables(of: section, limits, &names, &sheetsOfTable, &sheets)
                continue
            }
            var isFirst = true
            for blocks in WorkbookPlan.parts(of: section, limits: limits) {
                let name = names.sheet(section.title)
                if isFirst { sheetOfSection[section.id] = name }
                for case .table(let table) in blocks where table.rows.count <= limits.tableRows {
                    sheetsOfTable[table.id] = [name]
                }
                sheets.append(Sheet(name: name, content: .section(section, blocks: blocks, isFirst: isFirst)))
                isFirst = false
            }
            WorkbookPlan.addLongTables(of: section, limits, &names, &sheetsOfTable, &sheets)
        }
        self.sheets = sheets
    }

    /// Sheets of their own for tables that are too long for one with others.
    private static func addLongTables(
        of section: Section, _ limits: Limits, _ names: inout WorkbookNames, _ sheetsOfTable: inout [String: [String]],
        _ sheets: inout [Sheet]
    ) {
        for case .table(let table) in section.blocks
        where table.places.contains(.workbook) && table.rows.count > limits.tableRows {
            let capacity = limits.sheetRows - WorkbookPlan.rowsAboveLongTable
            for start in stride(from: 0, to: table.rows.count, by: capacity) {
                let name = names.sheet(table.title)
                sheetsOfTable[table.id, default: []].append(name)
                let range = start..<min(start + capacity, table.rows.count)
                sheets.append(Sheet(name: name, content: .rows(table, range)))
            }
        }
    }

    /// The sheet on which a section begins.
    func sheet(ofSection id: String) -> String? { sheetOfSection[id] }
    /// The sheet on which a table begins; `nil` when it stands on none.
    func sheet(ofTable id: String) -> String? { sheetsOfTable[id]?.first }
    func sheets(ofTable id: String) -> [String] { sheetsOfTable[id] ?? [] }

    var hasLongSheets: Bool {
        sheets.contains { if case .rows = $0.content { true } else { false } }
    }

    /// The blocks of a section that stand in a workbook, in groups that each fit on a sheet.
    private static func parts(of section: Section, limits: Limits) -> [[Block]] {
        var parts: [[Block]] = [[]]
        // The title, the summary and the sources; then for each block its title, note and space.
        let fixed = section.summary.count + 8
        var used = fixed
        for block in section.blocks {
            var rows = 8
            switch block {
            case .table(let table):
                guard table.places.contains(.workbook) else { continue }
                if table.rows.count <= limits.tableRows { rows += table.rows.count }
            case .chart(let chart):
                if case .heatMap(let map) = chart.body { rows += max(map.rows.count, map.columns.count) }
            case .text: break
            }
            if used + rows > limits.sheetRows, parts[parts.count - 1].isEmpty == false {
                parts.append([])
                used = fixed
            }
            parts[parts.count - 1].append(block)
            used += rows
        }
        return parts
    }
}
