internal import CountersignRender
internal import CountersignStore
internal import Foundation

/// A table to look at: numbers to the right, long text cut, columns as wide as the first thousand rows need.
struct TableRows: RowWriter {
    private static let measured = 1000
    private static let longest = 60
    private static let narrowest = 8

    private let columns: [QueryColumn]
    /// Characters of a line; `nil` where no terminal sets a bound.
    private let lineWidth: Int?
    private var waiting: [[String]] = []
    private var isNumber: [Bool]
    /// Empty until they are measured.
    private var widths: [Int] = []
    private var output = OutputBuffer()

    init(_ columns: [QueryColumn], lineWidth: Int?) {
        self.columns = columns
        self.lineWidth = lineWidth
        isNumber = columns.map { !$0.isInstant }
    }

    mutating func row(_ values: [ResultValue]) throws(Failure) {
        var cells: [String] = []
        for (index, value) in values.enumerated() {
            switch value {
            case .int, .real, .null: break
            case .text, .blob: if widths.isEmpty { isNumber[index] = false }
            }
            let text = columns[index].text(value).map(VisibleText.line) ?? Formatting.dash
            cells.append(VisibleText.cut(text, to: Self.longest))
        }
        if widths.isEmpty {
            waiting.append(cells)
            if waiting.count == Self.measured { try measure() }
        } else {
            try write(cells)
        }
    }

    mutating func end() throws(Failure) {
        if widths.isEmpty { try measure() }
        try output.flush()
    }

    private mutating func measure() throws(Failure) {
        let names = columns.map { VisibleText.cut(VisibleText.line($0.name), to: Self.longest) }
        widths = names.indices.map { index in
            max(1, names[index].count, waiting.map { $0[index].count }.max() ?? 0)
        }
        narrow()
        try write(names)
        try output.write(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n")
        for cells in waiting { try write(cells) }
        waiting = []
    }

    /// Takes from the widest text until a line fits, but no column below what can still be read.
    private mutating func narrow() {
        guard let lineWidth else { return }
        while widths.reduce(-2, { $0 + $1 + 2 }) > lineWidth {
            let texts = widths.indices.filter { !isNumber[$0] && !columns[$0].isInstant && widths[$0] > Self.narrowest }
            guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }

    /// A number that is wider than its column moves the rest of its line: nothing of it is lost.
    private mutating func write(_ cells: [String]) throws(Failure) {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let isText = !isNumber[index] && !columns[index].isInstant
            let text = isText ? VisibleText.cut(cell, to: max(widths[index], Self.narrowest)) : cell
            let space = String(repeating: " ", count: max(0, widths[index] - text.count))
            line += (index == 0 ? "" : "  ") + (isNumber[index] ? space + text : text + space)
        }
        while line.hasSuffix(" ") { line.removeLast() }
        try output.write(line + "\n")
    }

    /// Characters of a line of the terminal on standard output; `nil` where it is none.
    static var terminalWidth: Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }
}
