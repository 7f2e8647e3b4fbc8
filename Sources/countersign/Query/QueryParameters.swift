internal import CountersignCore
internal import CountersignReport

/// What a statement's parameters are given: by the command line, else by the report that is in force.
struct QueryParameters {
    /// Of `--param name=value`, in their order.
    private var given: [(name: String, text: String)] = []

    /// - Throws: `Failure` 64 for an option of another form, or two of one name.
    init(_ options: [String]) throws(Failure) {
        for option in options {
            guard let equals = option.firstIndex(of: "="), equals != option.startIndex else {
                throw Self.failure("“\(option)” is no name=value", fix: "write it as --param conversation_id=166")
            }
            let name = String(option[..<equals])
            guard !given.contains(where: { $0.name == name }) else {
                throw Self.failure("“\(name)” is given twice", fix: "give it once")
            }
            given.append((name, String(option[option.index(after: equals)...])))
        }
    }

    /// A value for each parameter of a statement.
    ///
    /// - Parameters:
    ///   - types: by name, as the header has them.
    ///   - known: what the report in force has.
    func values(
        for names: [String], types: [String: String], known: [String: QueryValue]
    ) throws(Failure) -> [String: QueryValue] {
        var values = known
        for (name, text) in given {
            guard names.contains(name) else {
                let fix = nearestName(to: name, in: names).map { "did you mean “\($0)”?" }
                throw Self.failure(
                    "the query has no parameter “\(name)”",
                    fix: fix ?? (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"))
            }
            values[name] = try Self.value(text, name: name, type: types[name])
        }
        let missing = names.filter { values[$0] == nil }
        guard missing.isEmpty else {
            throw Self.failure(
                "the query needs \(missing.joined(separator: ", "))",
                fix: "give \(missing.map { "--param \($0)=…" }.joined(separator: " "))")
        }
        return values
    }

    /// Text as what the header says of it; where it says nothing a whole number is one, and all else is text.
    private static func value(_ text: String, name: String, type: String?) throws(Failure) -> QueryValue {
        func wrong(_ what: String, write: String) -> Failure {
            failure("“\(text)” is no \(what)", of: name, fix: "write it as \(write)")
        }
        if QueryColumn.isInstant(name: name, type: type) {
            if let instant = Instant(iso8601: text) { return .instant(instant) }
            guard let number = Int64(text) else { throw wrong("time", write: "2026-11-02T05:00:00Z") }
            return .int(number)
        }
        switch type {
        case "int":
            guard let number = Int64(text) else { throw wrong("whole number", write: "digits alone") }
            return .int(number)
        case "blob":
            guard let bytes = bytes(hexadecimal: text) else { throw wrong("hexadecimal text", write: "00ff") }
            return .blob(bytes)
        case nil: return Int64(text).map(QueryValue.int) ?? .text(text)
        default: return .text(text)
        }
    }

    private static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func failure(_ message: String, of name: String? = nil, fix: String) -> Failure {
        Failure(.usage, "--param\(name.map { " \($0)" } ?? ""): error: \(message) [usage]\n  fix: \(fix)")
    }
}
