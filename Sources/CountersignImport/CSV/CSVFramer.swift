/// Makes a JSON object of each row of a table, so that importers read tables and JSON alike.
///
/// `{"header name":"text value",…}`: every value is a text; a field that is empty and not in quotes is null. What it
/// cannot make an object of, it hands over as it stands, with the flaw.
struct CSVFramer: FrameSource, ~Copyable {
    private var reader: CSVReader
    private let columns: CSVColumns
    private var object = JSONText()
    private var hasHeader = false

    var line: Int { reader.line }
    /// A row that is cut off says so itself.
    var isCutOff: Bool { false }
    var isBlank: Bool { !hasHeader }

    init(_ reader: consuming CSVReader, columns: CSVColumns) {
        self.reader = reader
        self.columns = columns
    }

    mutating func next() throws -> Frame? {
        if !hasHeader {
            guard try reader.next() != nil else { return nil }
            hasHeader = true
        }
        while let row = try reader.next() {
            if row.flaw != nil {
                return frame(row, flaw: row.isCutOff(reader.window.isAtEnd) ? .cutOff : row.frameFlaw)
            }
            if isEmpty || columns.endWithPeriod && isPeriod { continue }
            if let flaw = flaw(of: row) {
                // Quotes that pair up by chance swallow rows, and show in the number of fields.
                if row.hasLineEnds { try reader.takeFirstLineOnly() }
                return frame(row, flaw: row.hasLineEnds ? .unclosedQuote : flaw)
            }
            writeObject()
            return Frame(
                bytes: object.bytes, line: row.line, offset: row.offset,
                flaw: object.count > Framer.longestRow ? .tooLong : nil, isGuess: false, isInList: true,
                sharesLine: false)
        }
        return nil
    }

    mutating func reconsider() {}

    private func flaw(of row: CSVReader.Row) -> Frame.Flaw? {
        let count = reader.fields.count
        if count > columns.keys.count {
            return reader.fields[columns.keys.count...].allSatisfy(\.range.isEmpty) ? nil : .tooManyFields
        }
        guard count < columns.required else { return nil }
        if row.isAtEnd { return .cutOff }
        // Spreadsheets leave empty fields at a row's end away.
        return row.hasLineEnds ? .unclosedQuote : nil
    }

    /// Nothing but separators.
    private var isEmpty: Bool { reader.fields.allSatisfy { $0.range.isEmpty && !$0.isQuoted } }

    private var isPeriod: Bool {
        // A spreadsheet fills the line up with separators.
        reader.fields.dropFirst().allSatisfy { $0.range.isEmpty }
            && ReportPeriod(String(decoding: reader.bytes(of: reader.fields[0]), as: UTF8.self)) != nil
    }

    private func frame(_ row: CSVReader.Row, flaw: Frame.Flaw?) -> Frame {
        Frame(
            bytes: reader.rowBytes, line: row.line, offset: row.offset, flaw: flaw, isGuess: false, isInList: true,
            sharesLine: false)
    }

    private mutating func writeObject() {
        object.removeAll()
        for (key, field) in zip(columns.keys, reader.fields) {
            guard !key.isEmpty else { continue }
            object.append(object.count == 0 ? UInt8(ascii: "{") : UInt8(ascii: ","))
            object.append(key)
            if field.range.isEmpty, !field.isQuoted {
                object.append("null")
            } else {
                let bytes = reader.bytes(of: field)
                let guarded = columns.areGuarded && FormulaGuard.stands(before: bytes)
                object.append(
                    text: guarded ? UnsafeBufferPointer(rebasing: bytes[1...]) : bytes,
                    halving: field.hasDoubledQuotes)
            }
        }
        object.append(object.count == 0 ? "{}" : "}")
    }
}

/// What a table's columns are called in the objects that are made of its rows.
struct CSVColumns: Hashable {
    /// `"name":` for each column; empty for one that is left out.
    let keys: [[UInt8]]
    /// A row with fewer fields at the end of the source is one that was cut off.
    let required: Int
    /// A row that holds the report's period may stand among the others.
    var endWithPeriod = false
    /// `FormulaGuard` may stand before a text.
    var areGuarded = false

    init(names: [String], required: Int? = nil, endWithPeriod: Bool = false, areGuarded: Bool = false) {
        keys = names.map { name in
            guard !name.isEmpty else { return [] }
            var key = JSONText()
            key.append(text: name)
            key.append(UInt8(ascii: ":"))
            return Array(key.bytes)
        }
        self.required = required ?? names.count
        self.endWithPeriod = endWithPeriod
        self.areGuarded = areGuarded
    }
}

/// The apostrophe that Chatwoot puts before a text that a spreadsheet would take for a formula.
enum FormulaGuard {
    static func stands(before text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count > 1 && text[0] == UInt8(ascii: "'") && "-=+@%|\t\r".utf8.contains(text[1])
    }
}

extension CSVReader.Row {
    /// An open quote in the last line of the source: more of the row was to come.
    fileprivate func isCutOff(_ isSourceAtEnd: Bool) -> Bool {
        flaw == .unclosedQuote && !hasLineEnds && isSourceAtEnd
    }

    /// A quote that does not end its field, lines below the one that opened it, was meant to open another.
    var frameFlaw: Frame.Flaw? {
        switch flaw {
        case .unclosedQuote: .unclosedQuote
        case .strayQuote: hasLineEnds ? .unclosedQuote : .strayQuote
        case .tooLong: .tooLong
        case nil: nil
        }
    }
}
