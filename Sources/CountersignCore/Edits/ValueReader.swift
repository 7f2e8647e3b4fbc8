/// Recognises values that differ from reply to reply: times, dates, money, numbers, addresses.
///
/// Each function says how many tokens from a position on are one value; `nil` for none.
struct ValueReader: Sendable {
    let tokens: [TokenParts]

    /// The kind of value at a position and how many tokens it takes.
    func value(at index: Int) -> (kind: ValueKind, count: Int)? {
        let word = tokens[index].lower
        if word.utf8.allSatisfy({ (97...122).contains($0) || $0 == 0x27 }) {
            // Most words are no more than letters.
            guard ValueWords.begins(word) else { return nil }
            return amount(index).map { (.amount, $0) } ?? date(index).map { (.date, $0) }
        }
        if isEmail(word) { return (.email, 1) }
        if isLink(word) { return (.link, 1) }
        if let count = order(index) { return (.order, count) }
        if let count = amount(index) { return (.amount, count) }
        if let count = time(index) { return (.time, count) }
        if let count = date(index) { return (.date, count) }
        if let count = address(index) { return (.address, count) }
        return tokens[index].hasDigit ? (.number, 1) : nil
    }

    /// The token after a position where nothing but a space lies between them.
    private func next(after index: Int, allowing trails: [String] = [""]) -> TokenParts? {
        guard index + 1 < tokens.count, trails.contains(tokens[index].trail) else { return nil }
        let next = tokens[index + 1]
        return next.lead.isEmpty ? next : nil
    }

    // MARK: Addresses of the web, orders, money

    private func isEmail(_ word: String) -> Bool {
        guard let at = word.lastIndex(of: "@") else { return false }
        return at != word.startIndex && word.index(after: at) != word.endIndex
    }

    private func isLink(_ word: String) -> Bool {
        if word.contains("://") || word.hasPrefix("www.") { return true }
        let host = word.prefix { $0 != "/" && $0 != "?" && $0 != ":" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let top = labels.last,
            labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
        else { return false }
        if ValueWords.topLevelDomains.contains(String(top)) { return true }
        return host.endIndex < word.endIndex && word[host.endIndex] == "/" && top.count > 1
            && top.allSatisfy(\.isLetter)
    }

    /// `#EVR-1045`, `# 1045`, `EVR-1045`.
    private func order(_ index: Int) -> Int? {
        let word = tokens[index].lower
        if word.first == "#" {
            if tokens[index].hasDigit { return 1 }
            return word == "#" && next(after: index)?.hasDigit == true ? 2 : nil
        }
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, (2...5).contains(parts[0].count), parts[0].allSatisfy(\.isLetter),
            parts[1].count >= 3, Self.isNumber(parts[1])
        else { return nil }
        return 1
    }

    private func amount(_ index: Int) -> Int? {
        let token = tokens[index]
        let next = next(after: index)
        let isUnitNext = next.map { ValueWords.currencies.contains($0.lower) || Self.isSymbol($0.lower) } ?? false
        if token.lower.unicodeScalars.contains(where: { $0.properties.generalCategory == .currencySymbol }) {
            if token.hasDigit { return isUnitNext ? 2 : 1 }
            return next?.hasDigit == true ? 2 : nil
        }
        if let first = token.lower.unicodeScalars.first, TokenParts.isDigit(first) {
            let unit = token.lower.drop { $0.isNumber || $0 == "." || $0 == "," }
            if ValueWords.currencies.contains(String(unit)) { return 1 }
            return isUnitNext && (unit.isEmpty || unit == "k") ? 2 : nil
        }
        guard ValueWords.currencyCodes.contains(token.lower), let next, Self.isDecimal(next.lower) else { return nil }
        return 2
    }

    /// A currency's symbol alone.
    private static func isSymbol(_ word: String) -> Bool {
        word.unicodeScalars.count == 1
            && word.unicodeScalars.allSatisfy { $0.properties.generalCategory == .currencySymbol }
    }

    // MARK: Times and dates

    private func time(_ index: Int) -> Int? {
        let token = tokens[index]
        guard let first = token.lower.first, first.isNumber else { return nil }
        var word = token.lower
        if word.hasSuffix("a.m") || word.hasSuffix("p.m") { word = word.dropLast(2) + "m" }
        if word.hasSuffix("am") || word.hasSuffix("pm") {
            return Self.isClockRange(word.dropLast(2), needsMinutes: false) ? 1 : nil
        }
        let half = next(after: index).map { $0.lower.filter { $0 != "." } } ?? ""
        let isHalf = half == "am" || half == "pm" || half == "o'clock"
        if isHalf, Self.isClockRange(word[...], needsMinutes: false) { return 2 }
        if Self.isClockRange(word[...], needsMinutes: true) { return 1 }
        let parts = word.split(separator: "h", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count == 2
            && Self.isClock(parts.joined(separator: ":")[...], needsMinutes: true)
            ? 1 : nil
    }

    private static func isClockRange(_ text: Substring, needsMinutes: Bool) -> Bool {
        let ends = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
        return ends.count <= 2 && ends.allSatisfy { isClock($0, needsMinutes: needsMinutes) }
    }

    /// `5`, `5:30`, `5.30`, `17:30:00`.
    private static func isClock(_ text: Substring, needsMinutes: Bool) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || (!needsMinutes && $0 == ".") }
        guard (needsMinutes ? 2...3 : 1...3).contains(parts.count), let hour = parts.first,
            (1...2).contains(hour.count),
            isNumber(hour), Int(hour) ?? 99 <= 24
        else { return false }
        return parts.dropFirst().allSatisfy { $0.count == 2 && isNumber($0) && Int($0) ?? 99 <= 59 }
    }

    private func date(_ index: Int) -> Int? {
        let word = tokens[index].lower
        if ValueWords.weekdays.contains(word) { return 1 }
        if Self.isNumericDate(word) { return 1 }
        if ValueWords.months.contains(word), let next = next(after: index, allowing: ["", "."]) {
            if Self.isYear(next.lower) { return 2 }
            guard Self.isDay(next.lower) else { return nil }
            return hasYear(after: index + 1) ? 3 : 2
        }
        guard Self.isDay(word), let next = next(after: index, allowing: ["", "."]) else { return nil }
        var month = index + 1
        if next.lower == "of", self.next(after: month) != nil { month += 1 }
        guard ValueWords.months.contains(tokens[month].lower) else { return nil }
        return month - index + (hasYear(after: month) ? 2 : 1)
    }

    private func hasYear(after index: Int) -> Bool {
        next(after: index, allowing: ["", ",", "."]).map { Self.isYear($0.lower) } ?? false
    }

    private static func isYear(_ word: String) -> Bool {
        word.count == 4 && isNumber(word[...]) && (word.hasPrefix("19") || word.hasPrefix("20"))
    }

    /// `5`, `5th`.
    private static func isDay(_ word: String) -> Bool {
        let digits = word.prefix(while: \.isNumber)
        guard (1...2).contains(digits.count), let day = Int(digits), (1...31).contains(day) else { return false }
        return ["", "st", "nd", "rd", "th"].contains(word[digits.endIndex...])
    }

    /// `2026-11-05`, also with a time; `12/24`, `12/24/2026`, `24.12.2026`; not `24/7`.
    private static func isNumericDate(_ word: String) -> Bool {
        guard word.first?.isNumber == true, word != "24/7" else { return false }
        let day = word.split(separator: "t").first ?? word[...]
        for (separator, isShortEnough) in [("-", false), ("/", true), (".", false)] as [(Character, Bool)] {
            let parts = day.split(separator: separator, omittingEmptySubsequences: false)
            guard parts.count == 3 || (parts.count == 2 && isShortEnough), parts.allSatisfy({ isNumber($0) })
            else { continue }
            var numbers = parts
            if numbers[0].count == 4, numbers.count == 3 { numbers = [numbers[1], numbers[2], numbers[0]] }
            if numbers.count == 3, numbers[2].count != 4, numbers[2].count != 2 { continue }
            guard numbers.prefix(2).allSatisfy({ (1...2).contains($0.count) }) else { continue }
            let (a, b) = (Int(numbers[0]) ?? 0, Int(numbers[1]) ?? 0)
            if a > 0, b > 0, min(a, b) <= 12, max(a, b) <= 31 { return true }
        }
        return false
    }

    // MARK: Streets

    /// `12 Main Street`: a number, one to three capitalised words (or a single word) and what streets are called.
    private func address(_ index: Int) -> Int? {
        guard let first = tokens[index].lower.unicodeScalars.first, TokenParts.isDigit(first) else { return nil }
        var isCapitalised = true
        for count in 1...4 {
            guard let next = next(after: index + count - 1, allowing: ["", "."]) else { return nil }
            if count > 1, ValueWords.streets.contains(next.lower), count == 2 || isCapitalised { return count + 1 }
            isCapitalised = isCapitalised && next.core.first?.isUppercase == true
        }
        return nil
    }

    // MARK: Digits

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func isDecimal(_ text: String) -> Bool {
        text.first?.isNumber == true && text.allSatisfy { $0.isNumber || $0 == "," || $0 == "." }
    }
}
