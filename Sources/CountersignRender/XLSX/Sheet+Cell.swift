internal import CountersignCore

extension Sheet {
    /// Writes a cell of the report with the format of its unit.
    func write(
        _ cell: Cell, row: Int, column: Int, formatting: Formatting, base: CellStyle = .text, signed: Bool = false
    ) throws(RenderError) {
        func put(_ number: Double, _ format: CellStyle.Number) throws(RenderError) {
            try write(number, row: row, column: column, style: base.with(\.number, format))
        }
        func put(_ text: String, _ style: CellStyle) throws(RenderError) {
            try write(text, row: row, column: column, style: style)
        }
        /// For what a spreadsheet cannot hold as a number of that unit, such as a duration below zero.
        func putWords() throws(RenderError) {
            try put(signed ? formatting.signed(cell) : formatting.text(cell), base.with(\.alignment, .right))
        }
        func putDate(_ serial: Double?, _ format: CellStyle.Number) throws(RenderError) {
            if let serial { try put(serial, format) } else { try putWords() }
        }
        switch cell {
        case .unknown:
            try put(Formatting.dash, base.with(\.ink, Palette.muted).with(\.alignment, .right))
        case .text(let text), .digest(let text): try put(text, base.leftAligned)
        case .difference(let changes): try writeDifference(changes, row: row, column: column, style: base.leftAligned)
        case .count(let count) where count.magnitude < 1_000_000_000_000_000:
            try put(Double(count), signed ? .signedCount : .count)
        case .decimal(let value, let digits) where value.isFinite:
            try put(value, signed ? .signedDecimal(digits: digits) : .decimal(digits: digits))
        case .rate(let rate) where rate.isFinite: try put(signed ? rate * 100 : rate, signed ? .signedPoints : .rate)
        case .duration(let seconds) where seconds >= 0 && !signed: try put(Double(seconds) / 86_400, .duration)
        case .instant(let instant): try putDate(formatting.time.serial(instant), .instant)
        case .day(let day): try putDate(day.serial, .day)
        case .link(let text, let address):
            try writeLink(text, address: address, row: row, column: column, style: base.leftAligned)
        case .state(let word):
            let style = base.leftAligned
            try put(word, StateWords.tone(of: word).map { style.with(\.ink, $0.ink).with(\.isBold, true) } ?? style)
        case .count, .decimal, .rate, .interval, .duration: try putWords()
        }
    }
}

extension LocalTime {
    /// Excel's day number and time of day by the clock of the zone; `nil` where `CivilDate.serial` is.
    func serial(_ instant: Instant) -> Double? {
        let (day, seconds) = wallClock(instant)
        return day.serial.map { $0 + Double(seconds) / 86_400 }
    }
}

extension CivilDate {
    /// Excel's day number; `nil` outside the years that Excel counts right (1900-03-01 to 9999-12-31).
    var serial: Double? {
        let serial = daysSince1970 + 25_569
        return (61...2_958_465).contains(serial) ? Double(serial) : nil
    }
}
