internal import CXlsxWriter
internal import CountersignCore

/// A sheet, lent by its workbook for as long as it is written. Rows and columns count from 0.
struct Sheet: ~Copyable {
    let handle: UnsafeMutablePointer<lxw_worksheet>
    let workbook: UnsafeMutablePointer<lxw_workbook>
    let styles: StyleBook

    // MARK: Values

    /// Always a string, whatever it begins with.
    func write(_ text: String, row: Int, column: Int, style: CellStyle = .text) throws(RenderError) {
        let format = try styles.format(style)
        guard !text.isEmpty else {
            try check(worksheet_write_blank(handle, UInt32(row), UInt16(column), format), "write a cell")
            return
        }
        let code = worksheet_write_string(handle, UInt32(row), UInt16(column), SpreadsheetText.cell(text), format)
        try check(code, "write a text")
    }

    func write(_ number: Double, row: Int, column: Int, style: CellStyle) throws(RenderError) {
        let format = try styles.format(style)
        try check(worksheet_write_number(handle, UInt32(row), UInt16(column), number, format), "write a number")
    }

    /// A link as a formula: unlike the links of cells it has no limit on a sheet. The formula is made of a configured
    /// address and a number or plain word alone; anything else is written as text without a link.
    func writeLink(_ text: String, address: String, row: Int, column: Int, style: CellStyle) throws(RenderError) {
        guard WebAddress.isPlain(address), Sheet.isPlainWord(text) else {
            try write(text, row: row, column: column, style: style)
            return
        }
        let format = try styles.format(style.with(\.isLink, true).with(\.ink, Palette.link))
        let place = (UInt32(row), UInt16(column))
        // Excel keeps 15 digits of a number; a longer one stays text.
        if text.utf8.count <= 15, let number = Int(text), String(number) == text {
            let formula = "=HYPERLINK(\"\(address)\",\(number))"
            let code = worksheet_write_formula_num(handle, place.0, place.1, formula, format, Double(number))
            try check(code, "write a link")
        } else {
            let formula = "=HYPERLINK(\"\(address)\",\"\(text)\")"
            try check(worksheet_write_formula_str(handle, place.0, place.1, formula, format, text), "write a link")
        }
    }

    /// A formula made by the report of its own words, with the value that it has.
    func writeFormula(
        _ formula: String, cached: Double, row: Int, column: Int, style: CellStyle
    ) throws(RenderError) {
        let format = try styles.format(style)
        let code = worksheet_write_formula_num(handle, UInt32(row), UInt16(column), formula, format, cached)
        try check(code, "write a formula")
    }

    func writeFormula(
        _ formula: String, cached: String, row: Int, column: Int, style: CellStyle
    ) throws(RenderError) {
        let format = try styles.format(style)
        let code = worksheet_write_formula_str(handle, UInt32(row), UInt16(column), formula, format, cached)
        try check(code, "write a formula")
    }

    /// A link to the first cell of another sheet.
    func writeLink(_ text: String, sheet: String, row: Int, column: Int, style: CellStyle) throws(RenderError) {
        let format = try styles.format(style.with(\.isLink, true).with(\.ink, Palette.link))
        let place = "internal:'\(sheet)'!A1"
        let code = worksheet_write_url_opt(
            handle, UInt32(row), UInt16(column), place, format, SpreadsheetText.cell(text), nil)
        try check(code, "write a link")
    }

    /// `see Escalations`; a name that is read from the right stands alone, since LibreOffice draws words of both directions
    /// in a link over each other.
    func writePointer(to sheet: String, row: Int, column: Int, style: CellStyle) throws(RenderError) {
        let text = VisibleText.hasRightToLeft(sheet) ? sheet : "see " + sheet
        try writeLink(text, sheet: sheet, row: row, column: column, style: style)
    }

    /// A heading, in a row high enough that what stands below it does not touch it.
    func writeHeading(_ text: String, row: Int, column: Int) throws(RenderError) {
        try write(text, row: row, column: column, style: .heading)
        try setHeight(21, row: row)
    }

    /// Text over several cells of a row, as tall as its lines need.
    func writeAcross(
        _ text: String, row: Int, columns: ClosedRange<Int>, width: Double, style: CellStyle
    ) throws(RenderError) {
        let format = try styles.format(style)
        let text = SpreadsheetText.cell(text)
        if columns.count > 1 {
            let code = worksheet_merge_range(
                handle, UInt32(row), UInt16(columns.lowerBound), UInt32(row), UInt16(columns.upperBound), text, format)
            try check(code, "merge cells")
        } else {
            try write(text, row: row, column: columns.lowerBound, style: style)
        }
        let perLine = max(width * 11 / Double(style.size), 10)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            max(1, (Double(line.count) * 1.02 / perLine).rounded(.up))
        }
        let height = lines.reduce(0, +) * Double(style.size) * 1.37
        try setHeight(min(max(height, 15), 409) + (style.isCentredVertically ? 6 : 0), row: row)
    }

    private static func isPlainWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 60
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", " ", "#", "-", ".": true
                default: false
                }
            }
    }

    // MARK: Layout

    /// - Parameter points: at most 409, which is Excel's limit.
    func setHeight(_ points: Double, row: Int) throws(RenderError) {
        try check(worksheet_set_row(handle, UInt32(row), min(points, 409), nil), "set a height")
    }

    /// - Parameter width: in characters of the standard font.
    func setWidth(_ width: Double, column: Int) throws(RenderError) {
        try check(worksheet_set_column(handle, UInt16(column), UInt16(column), width, nil), "set a width")
    }

    /// Ids of more than 15 digits are text on purpose; Excel need not mark each of them.
    func allowNumbersAsText() throws(RenderError) {
        let code = worksheet_ignore_errors(
            handle, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576")
        try check(code, "allow numbers as text")
    }

    func freeze(above row: Int) { worksheet_freeze_panes(handle, UInt32(row), 0) }
    func hideGridlines() { worksheet_gridlines(handle, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue)) }
    func setTab(_ colour: Colour) { worksheet_set_tab_color(handle, colour.rgb) }

    /// More characters on one page would be printed smaller than a footnote.
    private static let widestPage = 300.0
    private static let readablePage = 200.0

    func fitOnOnePage() {
        worksheet_fit_to_pages(handle, 1, 1)
        worksheet_center_horizontally(handle)
    }

    /// Landscape, one page wide and as many long as it takes, with the report's title and page numbers. Where all columns
    /// on one page would be too small to read, they take as many pages as they need.
    ///
    /// - Parameter width: of the columns, in characters.
    func setUpPrint(title: String, repeating row: Int?, width: Double = 0) throws(RenderError) {
        worksheet_set_landscape(handle)
        let pages = width > Sheet.widestPage ? (width / Sheet.readablePage).rounded(.up) : 1
        worksheet_fit_to_pages(handle, UInt16(min(pages, 1_000)), 0)
        worksheet_set_margins(handle, 0.5, 0.5, 0.6, 0.6)
        // `&` begins a code in a footer; the space keeps a digit of the title apart from the size of its font.
        var doubled = ""
        for scalar in SpreadsheetText.line(title, limit: 100).unicodeScalars {
            doubled.unicodeScalars.append(scalar)
            if scalar == "&" { doubled += "&" }
        }
        try check(worksheet_set_footer(handle, "&L&9 \(doubled)&R&9 Page &P of &N"), "set the footer")
        if let row { try check(worksheet_repeat_rows(handle, UInt32(row), UInt32(row)), "repeat the header") }
    }
}
