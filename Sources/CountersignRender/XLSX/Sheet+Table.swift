internal import CXlsxWriter
internal import CountersignCore

/// Where the cells of a table stand: `header` is its first row, the rest follow.
struct TablePlace {
    let header: Int
    let column: Int
    let rows: Int
    let columns: Int

    var first: Int { header + 1 }
    var last: Int { header + rows }
}

extension Sheet {
    /// An Excel table over the place, with its headers: filters, bands, a name for formulas.
    ///
    /// - Parameter titled: the columns; no two titles may be alike without regard to case.
    func addTable(
        named name: String, at place: TablePlace, columns titled: [(title: String, header: CellStyle, style: CellStyle)]
    ) throws(RenderError) {
        let names = titled.map { strdup($0.title) }
        defer { for name in names { free(name) } }
        var columns: [lxw_table_column] = []
        for (index, name) in names.enumerated() {
            var column = lxw_table_column()
            column.header = name
            column.header_format = try styles.format(titled[index].header)
            column.format = try styles.format(titled[index].style)
            columns.append(column)
        }
        let code = columns.withUnsafeMutableBufferPointer { columns in
            // The library wants an array of pointers that ends with nil, and reads it during the call only.
            var pointers = columns.indices.map { columns.baseAddress?.advanced(by: $0) } + [nil]
            return name.withMutableCString { name in
                pointers.withUnsafeMutableBufferPointer { pointers in
                    var options = lxw_table_options()
                    options.name = name
                    options.columns = pointers.baseAddress
                    options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
                    options.style_type_number = 1
                    return worksheet_add_table(
                        handle, UInt32(place.header), UInt16(place.column), UInt32(place.last),
                        UInt16(place.column + place.columns - 1), &options)
                }
            }
        }
        try check(code, "add a table")
    }

    /// A filter on a plain range, for sheets that can hold no table.
    func addFilter(at place: TablePlace) throws(RenderError) {
        let code = worksheet_autofilter(
            handle, UInt32(place.header), UInt16(place.column), UInt32(place.last),
            UInt16(place.column + place.columns - 1))
        try check(code, "add a filter")
    }

    /// Shows the emphasis of a column from `first` to `last`.
    ///
    /// - Parameter asOf: the report's moment as a serial date; an instant before it is overdue.
    func emphasise(
        _ emphasis: Column.Emphasis, format: Column.Format, rows: ClosedRange<Int>, column: Int, asOf: Double
    ) throws(RenderError) {
        var rule = lxw_conditional_format()
        switch emphasis {
        case .none: return
        case .bar:
            rule.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
            rule.data_bar_2010 = 1
            rule.bar_solid = 1
            rule.bar_no_border = 1
            rule.bar_color = Palette.scale.middle.rgb
            // From 0: a bar that starts at the least value would lie about the rest.
            rule.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
            rule.min_value = 0
        case .scale:
            try colourScale(rows: rows, columns: column...column)
            return
        case .overdue:
            try markOverdue(format: format, rows: rows, column: column, asOf: asOf)
            return
        }
        try check(add(&rule, rows: rows, columns: column...column), "add a conditional format")
    }

    func colourScale(rows: ClosedRange<Int>, columns: ClosedRange<Int>) throws(RenderError) {
        var rule = lxw_conditional_format()
        rule.type = UInt8(LXW_CONDITIONAL_3_COLOR_SCALE.rawValue)
        rule.min_color = Palette.scale.low.rgb
        rule.mid_color = Palette.scale.middle.rgb
        rule.max_color = Palette.scale.high.rgb
        // Half way between least and most; the middle value would be the least where most cells are 0.
        rule.mid_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_PERCENT.rawValue)
        rule.mid_value = 50
        try check(add(&rule, rows: rows, columns: columns), "add a colour scale")
    }

    /// Red: a state by its word, an instant or day before the report's moment, any other number above 0.
    private func markOverdue(
        format: Column.Format, rows: ClosedRange<Int>, column: Int, asOf: Double
    ) throws(RenderError) {
        let cell = "$\(CellName.column(column))\(rows.lowerBound + 1)"
        let formula =
            switch format {
            case .instant, .day: "=AND(ISNUMBER(\(cell)),\(cell)<\(asOf))"
            case .count, .decimal, .rate, .duration: "=AND(ISNUMBER(\(cell)),\(cell)>0)"
            case .text, .sentence, .interval, .state, .conversation, .customer, .operator, .digest, .difference:
                "=OR(" + StateWords.bad.map { "\(cell)=\"\($0)\"" }.joined(separator: ",") + ")"
            }
        var rule = lxw_conditional_format()
        rule.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
        rule.format = try styles.overdue()
        let code = formula.withMutableCString { text in
            rule.value_string = text
            return add(&rule, rows: rows, columns: column...column)
        }
        try check(code, "add a conditional format")
    }

    private func add(
        _ rule: inout lxw_conditional_format, rows: ClosedRange<Int>, columns: ClosedRange<Int>
    ) -> lxw_error {
        worksheet_conditional_format_range(
            handle, UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
            UInt16(columns.upperBound), &rule)
    }
}
