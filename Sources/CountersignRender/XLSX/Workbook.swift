internal import CXlsxWriter
internal import CountersignCore

/// A workbook file being written. Sheets and formats live inside its scope: a sheet is lent to a closure, and
/// formats are asked for by `CellStyle`.
struct Workbook: ~Copyable {
    struct Properties {
        let title: String
        let subject: String
        let comments: String
        /// Fixed by the report, so that equal reports give equal bytes.
        let created: Instant
    }

    private let owner: WorkbookHandle
    private let styles: StyleBook
    private var handle: UnsafeMutablePointer<lxw_workbook> { owner.pointer }

    /// - Parameter temporaryFolder: where sheets in constant memory keep their rows until the end.
    init(path: String, temporaryFolder: String, isLarge: Bool) throws(RenderError) {
        var options = lxw_workbook_options()
        options.use_zip64 = isLarge ? 1 : 0
        let made = path.withCString { path in
            temporaryFolder.withCString { folder in
                // The library copies both strings.
                options.tmpdir = UnsafeMutablePointer(mutating: folder)
                return workbook_new_opt(path, &options)
            }
        }
        guard let made else { throw .workbook(operation: "begin", reason: "out of memory") }
        owner = WorkbookHandle(pointer: made)
        styles = StyleBook(workbook: made)
    }

    func set(_ properties: Properties) throws(RenderError) {
        var values = lxw_doc_properties()
        // 0 would mean the time of writing.
        values.created = max(1, time_t(properties.created.wholeSeconds(since: Instant(microseconds: 0))))
        let code = properties.title.withMutableCString { title in
            properties.subject.withMutableCString { subject in
                properties.comments.withMutableCString { comments in
                    "Countersign".withMutableCString { author in
                        values.title = title
                        values.subject = subject
                        values.comments = comments
                        values.author = author
                        return workbook_set_properties(handle, &values)
                    }
                }
            }
        }
        try check(code, "set the properties")
    }

    /// Adds a sheet and lends it to `write`.
    ///
    /// - Parameter isLong: rows are written to disk one by one: memory does not grow, but rows must come in
    ///   order, and the sheet can hold no Excel table.
    // Swift 6.3.1 aborts in the optimiser where it inlines a borrowed value into a typed throw.
    @inline(never)
    func sheet(
        named name: String, isLong: Bool = false, write: (borrowing Sheet) throws -> Void
    ) throws {
        handle.pointee.options.constant_memory = isLong ? 1 : 0
        guard let sheet = workbook_add_worksheet(handle, name) else {
            throw RenderError.workbook(operation: "add a sheet", reason: "the library refused its name")
        }
        let lent = Sheet(handle: sheet, workbook: handle, styles: styles)
        try lent.allowNumbersAsText()
        try write(lent)
    }

    /// Lends a sheet again that was added before and is not long.
    @inline(never)
    func sheetAgain(named name: String, write: (borrowing Sheet) throws -> Void) throws {
        guard let sheet = workbook_get_worksheet_by_name(handle, name) else {
            throw RenderError.workbook(operation: "find a sheet", reason: "there is none of its name")
        }
        try write(Sheet(handle: sheet, workbook: handle, styles: styles))
    }

    /// Names a cell for formulas.
    func define(_ name: String, sheet: String, row: Int, column: Int) throws(RenderError) {
        let place = "'\(sheet)'!$\(CellName.column(column))$\(row + 1)"
        try check(workbook_define_name(handle, name, "=" + place), "define a name")
    }

    /// Writes the file.
    consuming func close() throws(RenderError) { try owner.close() }
}

/// The library's workbook, freed once.
private struct WorkbookHandle: ~Copyable {
    let pointer: UnsafeMutablePointer<lxw_workbook>

    /// Abandons a workbook that was never closed: nothing is written.
    deinit { lxw_workbook_free(pointer) }

    consuming func close() throws(RenderError) {
        let pointer = self.pointer
        discard self
        try check(workbook_close(pointer), "write the file")
    }
}

/// One library format for each style in use.
final class StyleBook {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
    private var changes: [TextChange.Kind: UnsafeMutablePointer<lxw_format>] = [:]
    private var overdueFormat: UnsafeMutablePointer<lxw_format>?

    init(workbook: UnsafeMutablePointer<lxw_workbook>) { self.workbook = workbook }

    func format(_ style: CellStyle) throws(RenderError) -> UnsafeMutablePointer<lxw_format> {
        if let format = formats[style] { return format }
        guard let format = workbook_add_format(workbook) else {
            throw .workbook(operation: "add a format", reason: "out of memory")
        }
        apply(style, to: format)
        formats[style] = format
        return format
    }

    /// What is laid over a cell that is overdue.
    func overdue() throws(RenderError) -> UnsafeMutablePointer<lxw_format> {
        if let overdueFormat { return overdueFormat }
        guard let format = workbook_add_format(workbook) else {
            throw .workbook(operation: "add a format", reason: "out of memory")
        }
        format_set_bold(format)
        format_set_font_color(format, Palette.bad.ink.rgb)
        format_set_bg_color(format, Palette.bad.fill.rgb)
        overdueFormat = format
        return format
    }

    /// How a part of a compared text looks.
    func change(_ kind: TextChange.Kind) throws(RenderError) -> UnsafeMutablePointer<lxw_format> {
        if let format = changes[kind] { return format }
        guard let format = workbook_add_format(workbook) else {
            throw .workbook(operation: "add a format", reason: "out of memory")
        }
        format_set_font_name(format, "Calibri")
        format_set_font_size(format, 11)
        switch kind {
        case .same: format_set_font_color(format, Palette.ink.rgb)
        case .delete:
            format_set_font_strikeout(format)
            format_set_font_color(format, Palette.bad.ink.rgb)
        case .insert:
            format_set_bold(format)
            format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
            format_set_font_color(format, Palette.good.ink.rgb)
        }
        changes[kind] = format
        return format
    }

    private func apply(_ style: CellStyle, to format: UnsafeMutablePointer<lxw_format>) {
        format_set_font_name(format, "Calibri")
        format_set_font_size(format, Double(style.size))
        format_set_font_color(format, style.ink.rgb)
        if let code = style.number.code { format_set_num_format(format, code) }
        if style.isBold { format_set_bold(format) }
        if style.isItalic { format_set_italic(format) }
        if style.isLink { format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
        if let fill = style.fill {
            format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            format_set_fg_color(format, fill.rgb)
        }
        switch style.alignment {
        case .automatic: break
        case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .centre: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        }
        let vertical = style.isCentredVertically ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP
        format_set_align(format, UInt8(vertical.rawValue))
        if style.indent > 0 { format_set_indent(format, UInt8(clamping: style.indent)) }
        if style.wraps { format_set_text_wrap(format) }
        if style.isRuled {
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_bottom_color(format, Palette.grid.rgb)
        }
    }
}

/// Throws what the library said of `operation`, unless it did it.
func check(_ code: lxw_error, _ operation: String) throws(RenderError) {
    guard code != LXW_NO_ERROR else { return }
    throw .workbook(operation: operation, reason: String(cString: lxw_strerror(code)))
}

/// `A`, `XFD`: columns by their letters.
enum CellName {
    static func column(_ index: Int) -> String {
        var index = index
        var name = ""
        repeat {
            let letter = Unicode.Scalar(UInt8(65 + index % 26))
            name = String(letter) + name
            index = index / 26 - 1
        } while index >= 0
        return name
    }

    /// `C7`
    static func cell(_ row: Int, _ column: Int) -> String { "\(self.column(column))\(row + 1)" }
}

extension String {
    /// For the library's structs, whose strings it only reads and copies but declares mutable.
    func withMutableCString<Result>(_ body: (UnsafeMutablePointer<CChar>) -> Result) -> Result {
        withCString { body(UnsafeMutablePointer(mutating: $0)) }
    }
}
