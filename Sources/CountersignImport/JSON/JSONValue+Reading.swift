internal import CountersignCore

/// What a number stands for where a time is expected; each field has a rule of its own.
enum EpochUnit: Hashable {
    case milliseconds
    /// Seconds, and milliseconds where the number is larger than this.
    case seconds(millisecondsAbove: Double)
}

/// Readings that take a value in any spelling that exports use.
extension JSONValue {
    /// A text; `nil` where there is none, or only white space.
    var text: String? {
        guard let utf8 else { return nil }
        let text = String(decoding: utf8, as: UTF8.self)
        return text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? nil : text
    }

    /// A text, or of one in several languages the English one, else that of the first language by its key.
    var localised: String? { text ?? (members?[.en] ?? memberOfLeastKey)?.text }

    /// An id, as text or number; no `4.93E+10`, which a spreadsheet has rounded.
    var idText: String? {
        guard number == nil else { return integer.map { String($0) } }
        return utf8.map(isRounded) == true ? nil : text
    }

    /// A whole number, also as text (`"431"`) or with a fraction of zero (`431.0`); in text no `4.93E+10`,
    /// which a spreadsheet has rounded.
    var integer: Int64? {
        switch number ?? utf8.flatMap({ $0.contains { $0 | 0x20 == 0x65 } ? nil : JSONNumber($0) }) {
        case .whole(let number): number
        case .fraction(let number): Int64(exactly: number)
        case nil: nil
        }
    }

    /// Chatwoot's numbers of things: whole and from 1 up.
    var positive: Int64? { integer.flatMap { $0 > 0 ? $0 : nil } }

    /// A boolean, also as a number or one of the words that forms, scripts and databases write.
    var flag: Bool? {
        if let boolean { return boolean }
        if case .whole(let number) = number { return number == 0 ? false : number == 1 ? true : nil }
        switch utf8.map({ String(decoding: $0.prefix(16), as: UTF8.self).lowercased() }) {
        case "true", "t", "yes", "1", "success", "ok": return true
        case "false", "f", "no", "0", "fail", "failed", "error": return false
        default: return nil
        }
    }

    /// A time as ISO 8601 (without a zone: UTC) or as an epoch by the field's rule, also in quotes.
    func instant(_ unit: EpochUnit) -> Instant? {
        if let number { return Instant(epoch: number, unit) }
        guard let utf8 else { return nil }
        if utf8.count > 5, utf8[4] == UInt8(ascii: "-") { return Instant(iso8601: utf8) }
        return JSONNumber(utf8).flatMap { Instant(epoch: $0, unit) }
    }

    /// How a problem may quote the value: numbers and what looks like a date, never other text.
    var quotable: String {
        switch number {
        case .whole(let number): return "“\(number)”"
        case .fraction(let number): return "“\(number)”"
        case nil: break
        }
        guard let utf8 else { return isArray ? "a list" : isObject ? "an object" : "this" }
        let looksLikeDate =
            utf8.count <= 40 && utf8.contains { (48...57).contains($0) }
            && utf8.allSatisfy { (43...58).contains($0) || $0 == 0x20 || $0 == 0x54 || $0 == 0x5A }
        return looksLikeDate ? "“\(String(decoding: utf8, as: UTF8.self))”" : "a text of \(utf8.count) bytes"
    }
}

/// Whether a number in text was rounded by a spreadsheet: `4.93E+10`, `4,93E+10`.
func isRounded(_ utf8: some Collection<UInt8>) -> Bool {
    let digits: ClosedRange<UInt8> = 48...57
    guard let first = utf8.first, digits.contains(first),
        let mark = utf8.firstIndex(where: { $0 | 0x20 == 0x65 })
    else { return false }
    let exponent = utf8[mark...].dropFirst()
    let power = exponent.dropFirst()
    return exponent.first == UInt8(ascii: "+") && !power.isEmpty && power.allSatisfy { digits.contains($0) }
        && utf8[..<mark].allSatisfy { digits.contains($0) || $0 == 0x2E || $0 == 0x2C }
}

extension Instant {
    /// - Returns: `nil` for a time before 1970 or after 9999.
    init?(epoch: JSONNumber, _ unit: EpochUnit) {
        let latest = 253_402_300_799.0
        let isMilliseconds =
            switch unit {
            case .milliseconds: true
            case .seconds(let limit): epoch.double > limit
            }
        let perSecond = isMilliseconds ? 1000.0 : 1
        guard epoch.double >= 0, epoch.double / perSecond <= latest else { return nil }
        switch epoch {
        case .whole(let number):
            self.init(microseconds: number * (isMilliseconds ? 1000 : 1_000_000))
        case .fraction(let number):
            // A double of this size is exact to a quarter of a microsecond.
            self.init(microseconds: Int64((number * (isMilliseconds ? 1000 : 1_000_000)).rounded()))
        }
    }
}
