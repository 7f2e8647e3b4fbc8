import Foundation

/// A figure as `explain --all --rows` writes it, made again from its rows by arithmetic of its own.
struct ListedFigure {
    let name: String
    let account: String
    let unit: String
    let value: Any
    var rows: [[String: Any]]?
    private let conditions: [String: [String?]]
    private let parts: [[String: [String?]]]
    private let before: [String: [String?]]
    let compute: [String: Any]

    /// - Returns: `nil` for what could not be measured.
    init?(_ object: [String: Any]) {
        guard let recipe = object["recipe"] as? [String: Any], let compute = recipe["compute"] as? [String: Any] else {
            return nil
        }
        func conditions(_ value: Any?) -> [String: [String?]] {
            (value as? [String: [Any]] ?? [:]).mapValues { $0.map { $0 as? String } }
        }
        name = object["name"] as? String ?? ""
        account = object["account"] as? String ?? ""
        unit = object["unit"] as? String ?? ""
        value = object["value"] ?? NSNull()
        rows = (object["rows"] as? [String: Any])?["items"] as? [[String: Any]]
        self.conditions = conditions(recipe["where"])
        parts = (recipe["part"] as? [Any] ?? []).map(conditions)
        before = conditions(recipe["before"])
        self.compute = compute
    }

    var kind: String { compute.keys.first { !Self.details.contains($0) } ?? "value" }
    private static let details: Set<String> = [
        "whole", "percent", "censored", "column", "at", "by", "of", "counted", "value", "key",
    ]

    /// The kind where a detail's word is the kind itself.
    private var isKey: Bool { compute.count == 1 && compute["key"] != nil }

    /// Columns that decide whether or as what a row counts.
    var deciding: [String] { conditions.keys + parts.flatMap(\.keys) + before.keys }

    /// Whether every listed row is one that the definition asks for.
    var listsOnlyItsRows: Bool { (rows ?? []).allSatisfy { Self.holds(conditions, $0) } }

    private static func holds(_ conditions: [String: [String?]], _ row: [String: Any]) -> Bool {
        conditions.allSatisfy { column, wanted in
            let value: String? =
                switch row[column] {
                case let text as String: text
                case let number as NSNumber: number.stringValue
                default: nil
                }
            return wanted.contains { $0 == value }
        }
    }

    // MARK: Making it again

    /// - Parameters:
    ///   - settings: by key.
    ///   - entry: the account's part of the KPI document, which says what days a chart has.
    func remade(settings: [String: Any], entry: [String: Any]) -> Any {
        let rows = rows ?? []
        func column(_ key: String) -> String { compute[key] as? String ?? "" }
        func numbers(_ column: String) -> [Int] { rows.compactMap { ($0[column] as? NSNumber)?.intValue } }
        func count(_ conditions: [String: [String?]]) -> Int { rows.count { Self.holds(conditions, $0) } }
        if isKey || compute["setting"] != nil || compute["given"] != nil || compute["constant"] != nil
            || compute["control"] != nil || compute["draft"] != nil
        {
            return settings[compute["setting"] as? String ?? ""] ?? (compute["constant"] ?? value)
        }
        if compute["value"] != nil, compute["same"] == nil || !(compute["value"] is NSNull) {
            return written(rows.first?[column("value")])
        }
        switch kind {
        case "count", "same": return rows.count
        case "count_of": return Set(rows.map { "\($0[column("count_of")] ?? "")" }).count
        case "sum": return numbers(column("sum")).reduce(0, +)
        case "share": return Self.quotient(count(parts[0]), rows.count)
        case "shares": return rows.isEmpty ? NSNull() : parts.map { Self.quotient(count($0), rows.count) }
        case "interval": return Self.wilson(count(parts[0]), rows.count)
        case "fewer_than": return rows.count < (compute["fewer_than"] as? Int ?? 0)
        case "share_over":
            return !rows.isEmpty
                && Double(count(parts[0])) / Double(rows.count) > number(settings, column("share_over"))
        case "mean":
            let values = numbers(column("mean"))
            return unit == "milliseconds"
                ? Self.quotient(values.reduce(0, +), values.count, digits: 0, scale: 100)
                : Self.quotient(values.reduce(0, +), values.count)
        case "mean_fraction":
            let fractions = zip(numbers(column("mean_fraction")), numbers(column("whole"))).map {
                Double($0) / Double($1)
            }
            return rows.isEmpty ? NSNull() : Self.rounded(fractions.reduce(0, +) / Double(rows.count))
        case "min":
            if let earliest = rows.compactMap({ $0[column("min")] as? String }).min() { return earliest }
            return written(numbers(column("min")).min())
        case "max":
            if let latest = rows.compactMap({ $0[column("max")] as? String }).max() { return latest }
            return written(numbers(column("max")).max())
        case "values": return numbers(column("values")).sorted()
        case "percentile": return written(Self.percentile(numbers(column("percentile")), percent))
        case "survival": return survival(numbers(column("survival")), numbers(column("censored")))
        case "change", "growth_over":
            let (now, before) = (count(parts[0]), count(before))
            guard kind == "growth_over" else { return Self.quotient(now - before, before) }
            return before == 0
                ? now > 0 : Double(now - before) / Double(before) > number(settings, column("growth_over"))
        case "sustained_over": return isSustained(over: number(settings, column("sustained_over")))
        case "limit": return limit(entry)
        case "rule": return rule(entry)
        default: return "“\(kind)” is unknown here"
        }
    }

    private var percent: Int { compute["percent"] as? Int ?? 0 }

    private func number(_ settings: [String: Any], _ key: String) -> Double {
        (settings[key] as? NSNumber)?.doubleValue ?? .nan
    }

    /// Seconds of microseconds, milliseconds of hundredths, ids as numbers where they are some.
    private func written(_ value: Any?) -> Any {
        if unit == "id", let text = value as? String { return Int(text) ?? text }
        guard let number = value as? NSNumber else { return value ?? NSNull() }
        switch unit {
        case "seconds": return Int((number.doubleValue / 1_000_000).rounded(.down))
        case "milliseconds": return number.doubleValue / 100
        case "flag": return number.intValue != 0
        default: return number
        }
    }

    /// Half away from zero, in integers.
    private static func quotient(_ part: Int, _ whole: Int, digits: Int = 4, scale: Double? = nil) -> Any {
        guard whole > 0 else { return NSNull() }
        let factor = digits == 4 ? 10_000 : 1
        let doubled = (abs(part) * factor * 2 + whole) / (2 * whole)
        return Double(part < 0 ? -doubled : doubled) / (scale ?? Double(factor))
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000 + 1e-9).rounded() / 10_000 }

    private static func wilson(_ part: Int, _ whole: Int) -> Any {
        guard whole > 0 else { return NSNull() }
        let (z, n) = (1.959964, Double(whole))
        let p = Double(part) / n
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return [rounded(max(0, middle - half)), rounded(min(1, middle + half))]
    }

    private static func percentile(_ values: [Int], _ percent: Int) -> Int? {
        values.isEmpty ? nil : values.sorted()[(values.count * percent + 99) / 100 - 1]
    }

    /// The product-limit estimate, step by step over the observed times.
    private func survival(_ observed: [Int], _ censored: [Int]) -> Any {
        var share = 1.0
        for time in Set(observed).sorted() {
            let atRisk = observed.count { $0 >= time } + censored.count { $0 >= time }
            share *= 1 - Double(observed.count { $0 == time }) / Double(atRisk)
            if share <= 1 - Double(percent) / 100 + 1e-12 { return written(NSNumber(value: time)) }
        }
        return NSNull()
    }

    private func isSustained(over limit: Double) -> Bool {
        let (column, at) = (compute["column"] as? String ?? "", compute["at"] as? String ?? "")
        var hours: [Int: [Int]] = [:]
        let reader = ISO8601DateFormatter()
        reader.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        for row in rows ?? [] {
            guard let value = (row[column] as? NSNumber)?.intValue, let text = row[at] as? String,
                let date = reader.date(from: text)
            else { continue }
            hours[Int(date.timeIntervalSince1970) / 3600, default: []].append(value)
        }
        let slow = hours.filter { Double(Self.percentile($0.value, 95) ?? 0) / 100 > limit }.keys.sorted()
        return zip(slow, slow.dropFirst(2)).contains { $1 - $0 == 2 }
    }

    // MARK: Control charts

    private func chart(_ entry: [String: Any]) -> (days: [String], counts: [Double], centre: Double, spread: Double)? {
        guard let list = (entry["breach_trend"] as? [String: Any])?[compute["of"] as? String ?? ""] as? [[String: Any]],
            let key = compute["key"] as? String, let by = compute["by"] as? String,
            let counted = compute["counted"] as? String
        else { return nil }
        let days = list.filter { !($0[counted] is NSNull) }.compactMap { $0[key] as? String }
        let counts = days.map { day in Double((rows ?? []).count { $0[by] as? String == day }) }
        guard counts.count >= 2 else { return nil }
        let centre = counts.reduce(0, +) / Double(counts.count)
        let moves = zip(counts, counts.dropFirst()).map { abs($0 - $1) }
        return (days, counts, centre, 2.66 * moves.reduce(0, +) / Double(moves.count))
    }

    private func limit(_ entry: [String: Any]) -> Any {
        guard let chart = chart(entry) else { return NSNull() }
        switch compute["limit"] as? String {
        case "upper": return Self.rounded(chart.centre + chart.spread)
        case "lower": return Self.rounded(max(0, chart.centre - chart.spread))
        default: return Self.rounded(chart.centre)
        }
    }

    private func rule(_ entry: [String: Any]) -> Any {
        guard let chart = chart(entry), let day = chart.days.firstIndex(where: { name.contains(".\($0)/") }) else {
            return NSNull()
        }
        let isBeyond = abs(chart.counts[day] - chart.centre) > chart.spread + 1e-9
        if name.contains("/beyond_limit") { return isBeyond ? "beyond_limit" : "none" }
        let sides = chart.counts[max(0, day - 7)...day].map { $0 > chart.centre ? 1 : $0 < chart.centre ? -1 : 0 }
        return sides.count == 8 && Set(sides).count == 1 && sides[0] != 0 ? "run_of_8" : "none"
    }
}
