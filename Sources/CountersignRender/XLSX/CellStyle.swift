/// How a cell looks, as a value; the workbook makes one library format of each.
struct CellStyle: Hashable {
    enum Number: Hashable {
        case general, count, rate, duration, instant, day, signedCount, signedPoints
        case decimal(digits: Int)
        case signedDecimal(digits: Int)
    }

    enum Alignment: Hashable { case automatic, left, centre, right }

    var number = Number.general
    var size = 11
    var isBold = false
    var isItalic = false
    var isLink = false
    var ink = Palette.ink
    var fill: Colour?
    var alignment = Alignment.automatic
    /// Steps in from the side it is aligned to.
    var indent = 0
    var wraps = false
    /// A thin rule under the cell.
    var isRuled = false
    var isCentredVertically = false

    static let text = CellStyle()
    static let title = CellStyle(size: 20, isBold: true, ink: Palette.heading, alignment: .left)
    static let sheetTitle = CellStyle(size: 16, isBold: true, ink: Palette.heading, alignment: .left)
    static let heading = CellStyle(size: 13, isBold: true, ink: Palette.heading, alignment: .left)
    static let prose = CellStyle(alignment: .left, wraps: true)
    static let quiet = CellStyle(ink: Palette.muted)
    static let quietProse = CellStyle(ink: Palette.muted, alignment: .left, wraps: true)
    static let header = CellStyle(
        isBold: true, ink: Palette.paper, fill: Palette.heading, alignment: .left, indent: 1, wraps: true,
        isCentredVertically: true)
    /// Over numbers: at their side, but clear of the button of the filter.
    static let numberHeader = header.with(\.alignment, .right).with(\.indent, 2)
    static let banner = CellStyle(
        size: 13, isBold: true, ink: Palette.bad.ink, fill: Palette.bad.fill, alignment: .left, wraps: true,
        isCentredVertically: true)

    /// At the left, a step away from a number that ends just before it.
    var leftAligned: CellStyle { with(\.alignment, .left).with(\.indent, 1) }

    func with<Value>(_ part: WritableKeyPath<CellStyle, Value>, _ value: Value) -> CellStyle {
        var style = self
        style[keyPath: part] = value
        return style
    }
}

extension CellStyle.Number {
    /// The format in Excel's own words; `nil` for what Excel does by itself.
    var code: String? {
        switch self {
        case .general: nil
        case .count: "#,##0"
        case .signedCount: "+#,##0;−#,##0;0"
        case .decimal(let digits): CellStyle.Number.decimals(digits)
        case .signedDecimal(let digits):
            "+\(CellStyle.Number.decimals(digits));−\(CellStyle.Number.decimals(digits));0"
        case .rate: "0.0 %"
        case .signedPoints: "+0.0\" pp\";−0.0\" pp\";0.0\" pp\""
        // Hours and minutes; below a minute the seconds, which those would show as nothing.
        case .duration: "[>=0.000694444][h]:mm\" h\";[s]\" s\""
        case .instant: "yyyy-mm-dd hh:mm"
        case .day: "yyyy-mm-dd"
        }
    }

    private static func decimals(_ digits: Int) -> String {
        digits > 0 ? "#,##0." + String(repeating: "0", count: min(digits, 9)) : "#,##0"
    }
}
