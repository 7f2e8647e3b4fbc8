internal import CountersignRender
internal import CountersignStore
internal import Foundation

/// Writes a result to standard output, a row at a time.
protocol RowWriter {
    mutating func row(_ values: [ResultValue]) throws(Failure)
    mutating func end() throws(Failure)
}

/// Collects text and hands it on in pieces of 64 KiB.
struct OutputBuffer {
    private var bytes: [UInt8] = []

    mutating func write(_ text: String) throws(Failure) {
        bytes += text.utf8
        if bytes.count >= 1 << 16 { try flush() }
    }

    mutating func flush() throws(Failure) {
        try StandardStream.output(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// RFC 4180: a header, lines that end in CRLF, quotes where a field needs them. A null is an empty field, an empty text `""`.
struct CSVRows: RowWriter {
    private let columns: [QueryColumn]
    /// A terminal must not be given control characters; a file gets the text as it is.
    private let isTerminal: Bool
    private var output = OutputBuffer()

    init(_ columns: [QueryColumn], isTerminal: Bool) throws(Failure) {
        self.columns = columns
        self.isTerminal = isTerminal
        try write(columns.map { field($0.name) })
    }

    mutating func row(_ values: [ResultValue]) throws(Failure) {
        try write(zip(columns, values).map { column, value in column.text(value).map(field) ?? "" })
    }

    mutating func end() throws(Failure) { try output.flush() }

    private mutating func write(_ fields: [String]) throws(Failure) {
        try output.write(fields.joined(separator: ",") + "\r\n")
    }

    private func field(_ text: String) -> String {
        let text = isTerminal ? VisibleText.line(text) : text
        // By bytes: a carriage return and a line feed are one character.
        let isPlain = !text.isEmpty && !text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
    }
}

/// One JSON array with an object a line, members in the order of the columns.
struct JSONRows: RowWriter {
    private let columns: [QueryColumn]
    private var isFirst = true
    private var output = OutputBuffer()

    init(_ columns: [QueryColumn]) { self.columns = columns }

    mutating func row(_ values: [ResultValue]) throws(Failure) {
        let members = zip(columns, values).map { column, value in
            "\(quoted(column.name)): \(text(value, of: column))"
        }
        try output.write((isFirst ? "[\n  {" : ",\n  {") + members.joined(separator: ", ") + "}")
        isFirst = false
    }

    mutating func end() throws(Failure) {
        try output.write(isFirst ? "[]\n" : "\n]\n")
        try output.flush()
    }

    private func text(_ value: ResultValue, of column: QueryColumn) -> String {
        switch value {
        case .int where !column.isInstant: column.text(value) ?? "null"
        case .real(let number) where number.isFinite: String(number)
        default: column.text(value).map(quoted) ?? "null"
        }
    }

    /// Whatever `VisibleText` would show otherwise is escaped, so that it is safe to look at, and the same when read.
    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where VisibleText.line(String(scalar)) == String(scalar): quoted.unicodeScalars.append(scalar)
            default:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return quoted + "\""
    }
}
