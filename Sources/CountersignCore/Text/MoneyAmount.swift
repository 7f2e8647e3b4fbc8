/// Finds sums of money in a text: `$850`, `$12,500.00`, `€ 49,99`, `600 USD`, `2k dollars`.
enum MoneyAmount {
    /// The largest sum named, in hundredths of its unit; `nil` for none. A number alone is no money.
    ///
    /// - Parameter text: normalised and lower-cased.
    static func largest(in text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var largest: Int64?
        var index = 0
        while index < text.count {
            guard isDigit(text[index]) else {
                index += 1
                continue
            }
            let start = index
            let (value, end) = number(in: text, at: start)
            index = end
            guard let value else { continue }
            if hasSymbolBefore(text, start) || hasUnitAfter(text, end) {
                largest = max(largest ?? value, value)
            }
        }
        return largest
    }

    private static let units = [
        "usd", "cad", "aud", "eur", "gbp", "dollar", "dollars", "euro", "euros", "pounds", "bucks",
    ]
    .map { Array($0.utf8) }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    /// Reads digits with thousands separators and a fraction; `1,234.5`, `1.234,50`, `2k`.
    /// A separator before exactly three digits groups; before one or two it is the decimal point.
    private static func number(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (Int64?, Int) {
        var whole: Int64 = 0
        var index = start
        var isTooLarge = false
        while index < text.count {
            if isDigit(text[index]) {
                let (scaled, overflow) = whole.multipliedReportingOverflow(by: 10)
                isTooLarge = isTooLarge || overflow || scaled > 1_000_000_000_000_000
                whole = isTooLarge ? 0 : scaled + Int64(text[index] - 48)
                index += 1
                continue
            }
            guard text[index] == UInt8(ascii: ",") || text[index] == UInt8(ascii: ".") else { break }
            var digits = 0
            while index + 1 + digits < text.count, isDigit(text[index + 1 + digits]) { digits += 1 }
            if digits == 3 {
                index += 1
                continue
            }
            guard digits == 1 || digits == 2 else { break }
            var fraction = Int64(text[index + 1] - 48) * 10
            if digits == 2 { fraction += Int64(text[index + 2] - 48) }
            index += 1 + digits
            return (isTooLarge ? nil : thousands(&index, text, whole * 100 + fraction), index)
        }
        return (isTooLarge ? nil : thousands(&index, text, whole * 100), index)
    }

    /// A `k` right behind the number.
    private static func thousands(_ index: inout Int, _ text: UnsafeBufferPointer<UInt8>, _ value: Int64) -> Int64 {
        guard index < text.count, text[index] == UInt8(ascii: "k") else { return value }
        let isWord = index + 1 < text.count && text[index + 1] >= 97 && text[index + 1] <= 122
        guard !isWord else { return value }
        index += 1
        return value * 1000
    }

    /// `$`, `€` (E2 82 AC), `£` (C2 A3), with at most one space between.
    private static func hasSymbolBefore(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var end = start
        if end > 0, text[end - 1] == 0x20 { end -= 1 }
        if end >= 1, text[end - 1] == UInt8(ascii: "$") { return true }
        if end >= 2, text[end - 2] == 0xC2, text[end - 1] == 0xA3 { return true }
        return end >= 3 && text[end - 3] == 0xE2 && text[end - 2] == 0x82 && text[end - 1] == 0xAC
    }

    private static func hasUnitAfter(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
        var start = end
        if start < text.count, text[start] == 0x20 { start += 1 }
        let rest = text[start...]
        if rest.first == UInt8(ascii: "$") || rest.starts(with: [0xE2, 0x82, 0xAC]) || rest.starts(with: [0xC2, 0xA3]) {
            return true
        }
        return units.contains { unit in
            guard rest.starts(with: unit) else { return false }
            let next = start + unit.count
            return next >= text.count || text[next] < 97 || text[next] > 122
        }
    }
}
