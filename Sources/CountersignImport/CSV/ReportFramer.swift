/// Makes an object of each row of a Chatwoot report: figures per agent, inbox, label or team, or traffic per hour.
///
/// The keys are those of `CSVDialect`. What is not a row (the period, the time zone, headers) becomes part of each object.
struct ReportFramer: FrameSource, ~Copyable {
    private var reader: CSVReader
    /// `nil` for traffic.
    private let layout: ReportLayout?
    private let period: ReportPeriod?
    private var object = JSONText()
    private var hasHeader = false
    private var traffic = TrafficHeader()

    var line: Int { reader.line }
    var isCutOff: Bool { false }
    var isBlank: Bool { !hasHeader }

    init(text: [UInt8], separator: UInt8, layout: ReportLayout?) {
        period = ReportFramer.period(text, separator)
        reader = CSVReader(ByteWindow(holding: text), separator: separator)
        self.layout = layout
    }

    mutating func next() throws -> Frame? {
        while let row = try reader.next() {
            if row.flaw != nil { return broken(row, row.frameFlaw) }
            let texts = reader.texts
            if texts.allSatisfy(\.isEmpty) || ReportFramer.period(of: texts) != nil { continue }
            if !hasHeader {
                hasHeader = layout != nil || traffic.take(texts)
                continue
            }
            object.removeAll()
            if let layout {
                if texts.count > layout.columns.count, texts[layout.columns.count...].contains(where: { !$0.isEmpty }) {
                    return broken(row, .tooManyFields)
                }
                write(texts, layout)
            } else {
                write(texts, traffic)
            }
            return Frame(
                bytes: object.bytes, line: row.line, offset: row.offset, flaw: nil, isGuess: false, isInList: true,
                sharesLine: false)
        }
        return nil
    }

    mutating func reconsider() {}

    private func broken(_ row: CSVReader.Row, _ flaw: Frame.Flaw?) -> Frame {
        Frame(
            bytes: reader.rowBytes, line: row.line, offset: row.offset, flaw: flaw, isGuess: false, isInList: true,
            sharesLine: false)
    }

    /// It stands in the first row or in the last.
    private static func period(_ text: [UInt8], _ separator: UInt8) -> ReportPeriod? {
        var reader = CSVReader(ByteWindow(holding: text), separator: separator)
        var last: ReportPeriod?
        var isFirst = true
        while (try? reader.next()) ?? nil != nil {
            let texts = reader.texts
            guard !texts.allSatisfy(\.isEmpty) else { continue }
            last = period(of: texts)
            if isFirst, last != nil { return last }
            isFirst = false
        }
        return last
    }

    /// Alone on its line, which a spreadsheet fills up with separators.
    private static func period(of texts: [String]) -> ReportPeriod? {
        texts.dropFirst().allSatisfy(\.isEmpty) ? texts.first.flatMap { ReportPeriod($0) } : nil
    }

    // MARK: Objects

    private mutating func write(_ texts: [String], _ layout: ReportLayout) {
        var shortfall = 0
        begin(layout.kind.rawValue)
        add("period_from", text: period?.from)
        add("period_to", text: period?.to)
        for (column, text) in zip(layout.columns, texts) {
            let text = text == "N/A" || text == "--" ? "" : text
            switch column {
            case .id: add("id", number: text)
            case .email: add("email", text: text)
            case .name: add("name", text: layout.isFromRake ? text : FormulaGuard.removed(from: text))
            case .inboxType: add("inbox_type", text: text)
            case .conversations: add("conversations_count", number: text)
            case .incoming: add("incoming_messages_count", number: text)
            case .outgoing: add("outgoing_messages_count", number: text)
            case .resolutions: add("resolutions_count", number: text)
            case .firstResponse: add("avg_first_response_seconds", duration: text, layout, &shortfall)
            case .resolution: add("avg_resolution_seconds", duration: text, layout, &shortfall)
            case .waiting: add("avg_waiting_seconds", duration: text, layout, &shortfall)
            }
        }
        add("precision_seconds", number: String(shortfall))
        object.append("}")
    }

    private mutating func write(_ texts: [String], _ header: TrafficHeader) {
        begin("traffic")
        add("timezone", text: header.timeZone)
        if let title = header.title { add("title", text: title) }
        let hour = texts[header.hourColumn, default: ""].prefix { $0 != ":" }
        add("hour", number: String(hour.drop { $0 == "0" }.isEmpty && !hour.isEmpty ? "0" : hour.drop { $0 == "0" }))
        object.append(",\"conversations_by_date\":{")
        let counts =
            header.title == nil
            ? zip(header.dates, texts.dropFirst()).map { ($0, $1) } : [(texts[0], texts[2, default: ""])]
        for (index, (date, count)) in counts.enumerated() {
            if index > 0 { object.append(",") }
            object.append(text: date)
            object.append(":")
            append(number: count)
        }
        object.append("}}")
    }

    private mutating func begin(_ report: String) {
        object.append("{\"report\":")
        object.append(text: report)
    }

    private mutating func key(_ key: StaticString) {
        object.append(",\"")
        object.append(key)
        object.append("\":")
    }

    private mutating func add(_ name: StaticString, text: String?) {
        key(name)
        if let text, !text.isEmpty { object.append(text: text) } else { object.append("null") }
    }

    private mutating func add(_ name: StaticString, number text: String) {
        key(name)
        append(number: text)
    }

    /// As a number where it is one for certain; else as it stands, and whoever reads it may refuse it.
    private mutating func append(number text: String) {
        let isWhole = (1...15).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        if text.isEmpty {
            object.append("null")
        } else if isWhole, text == "0" || !text.hasPrefix("0") {
            object.append(Array(text.utf8))
        } else {
            object.append(text: text)
        }
    }

    private mutating func add(
        _ name: StaticString, duration text: String, _ layout: ReportLayout, _ shortfall: inout Int
    ) {
        if layout.isFromRake {
            add(name, number: Double(text).flatMap { Int(exactly: $0.rounded(.down)) }.map(String.init) ?? text)
        } else if let duration = ReportDuration(text) {
            shortfall = max(shortfall, duration.shortfall)
            add(name, number: String(duration.seconds))
        } else {
            add(name, text: text)
        }
    }
}

/// What stands above the hours of a traffic report.
private struct TrafficHeader {
    private(set) var timeZone: String?
    /// Of the dates' columns, behind the first.
    private(set) var dates: [String] = []
    /// Of a heat map that the browser has made: a row for each date and hour.
    private(set) var title: String?

    var hourColumn: Int { title == nil ? 0 : 1 }

    /// - Returns: whether the rows follow.
    mutating func take(_ texts: [String]) -> Bool {
        if texts.count > 1, texts[1].hasPrefix("(GMT") {
            timeZone = texts[1]
            return false
        }
        if texts.starts(with: ["Date", "Hour"]), texts.count == 3 {
            title = texts[2, default: ""]
        } else {
            dates = Array(texts.dropFirst())
        }
        return true
    }
}

extension FormulaGuard {
    static func removed(from text: String) -> String {
        var copy = text
        return copy.withUTF8 { stands(before: $0) } ? String(text.dropFirst()) : text
    }
}

extension [String] {
    fileprivate subscript(index: Int, default missing: String) -> String { index < count ? self[index] : missing }
}
