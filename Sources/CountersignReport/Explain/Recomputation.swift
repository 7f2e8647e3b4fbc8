internal import CountersignCore

/// Makes one figure again from rows, by what its definition says, and not by the code that made the document.
struct Recomputation {
    let figure: FigureDefinition
    let binding: FigureBinding
    /// Weeks and days that begin before the retention cut-off: their figures are not known.
    let unkept: Set<String>
    /// Those of them whose figures the KPI history has kept.
    let history: Set<String>
    let settings: [String: Document]
    let given: [String: Document]
    /// The lists of the KPI, which say what days a control chart has.
    let kpi: Document

    /// Whether the rows of one of the weeks or days that a figure speaks of are gone, or soon will be.
    private func isUnkept(_ conditions: [RowCondition]) -> Bool {
        conditions.bound(binding).contains { condition in
            condition.wanted.contains { $0.map(unkept.contains) ?? false }
        }
    }

    /// Whether the figure was made, in whole or in part, of what the KPI history has kept: its rows are gone, or will be.
    var isOfHistory: Bool {
        func isKept(_ conditions: [RowCondition]) -> Bool {
            conditions.bound(binding).contains { $0.wanted.contains { $0.map(history.contains) ?? false } }
        }
        switch figure.computation {
        case .limit, .rule: return !history.isEmpty
        default: return isKept(figure.conditions) || isKept(figure.before) || figure.parts.contains(where: isKept)
        }
    }

    /// - Parameter rows: those of the account.
    /// - Returns: the rows that count.
    func counted(_ rows: [QueryRow]) -> [QueryRow] {
        let conditions = figure.conditions.bound(binding)
        let found = rows.filter(conditions.hold)
        switch figure.computation {
        case .change, .growthOver:
            let (now, before) = (figure.parts.map { $0.bound(binding) }, figure.before.bound(binding))
            return found.filter { row in now.contains { $0.hold(row) } || before.hold(row) }
        case .value, .same(_, value: .some):
            guard !found.isEmpty else { return [] }
            return [found[min(binding.twinsBefore(figure.conditions), found.count - 1)]]
        default: return found
        }
    }

    /// - Parameter rows: those that count.
    func value(_ rows: [QueryRow]) -> Document {
        let parts = figure.parts.map { $0.bound(binding) }
        func numbers(_ column: String) -> [Int64] { rows.compactMap { $0.int64(column) } }
        func share(_ part: [RowCondition]?) -> Ratio {
            Ratio(part.map { part in rows.count { part.hold($0) } } ?? 0, of: rows.count)
        }
        if isUnkept(figure.conditions) { return .null }
        switch figure.computation {
        case .count: return .int(rows.count)
        case .countOf(let column): return .int(Set(rows.map { $0.spelled(column) }).count)
        case .sum(let column): return .int(Int(numbers(column).reduce(0, +)))
        case .share: return share(parts.first).document
        case .interval: return share(parts.first).intervalDocument
        case .shares: return rows.isEmpty ? .null : .array(parts.map { share($0).document })
        case .shareOver(let setting):
            return .bool(share(parts.first).value.map { $0 > limit(setting) } ?? false)
        case .fewerThan(let count): return .bool(rows.count < count)
        case .mean(let column): return mean(numbers(column))
        case .meanFraction(let part, let whole): return meanFraction(rows, part, whole)
        case .minimum(let column): return written(numbers(column).min())
        case .maximum(let column): return written(numbers(column).max())
        case .value(let column), .same(_, .some(let column)): return rows.first.map { written($0, column) } ?? .null
        case .same(_, nil): return .int(rows.count)
        case .values(let column): return .array(numbers(column).sorted().map { .int(Int($0)) })
        case .percentile(let column, let percent): return written(NearestRank(numbers(column)).value(percent))
        case .survival(let observed, let censored, let percent):
            let estimate = KaplanMeier(observed: numbers(observed), censored: numbers(censored))
            return written(estimate.seconds(until: Double(percent) / 100))
        case .change, .growthOver: return growth(rows, parts.first ?? [])
        case .sustainedOver(let setting, let column, let at):
            return .bool(isSustained(rows, column, at: at, over: limit(setting)))
        case .limit(let name, let list): return chart(rows, list).map { self.limit($0.limits, name) } ?? .null
        case .rule(let list): return rule(rows, list)
        case .key(let member): return binding.values[member] ?? .null
        case .setting(let key): return settings[key] ?? .null
        case .constant(let value): return .int(value)
        case .given(let name), .control(let name), .draft(let name): return given[name] ?? .null
        }
    }

    private func limit(_ setting: String) -> Double { settings[setting]?.number ?? 0 }

    // MARK: Writing

    /// A number of a column in the figure's unit; columns hold microseconds, and hundredths of milliseconds.
    private func written(_ value: Int64?) -> Document {
        guard let value else { return .null }
        switch figure.unit {
        case .seconds:
            return .int(Int(Instant(microseconds: value).wholeSeconds(since: Instant(microseconds: 0))))
        case .milliseconds: return .decimal(Int(value), digits: 2)
        case .instant: return .instant(Instant(microseconds: value))
        case .flag: return .bool(value != 0)
        default: return .int(Int(value))
        }
    }

    private func written(_ row: QueryRow, _ column: String) -> Document {
        switch row[column] {
        case .int(let value): written(value)
        case .text(let text): figure.unit == .id ? .id(text) : .string(text)
        case .null, .blob: .null
        }
    }

    // MARK: Arithmetic

    private func mean(_ values: [Int64]) -> Document {
        let sum = Int(values.reduce(0, +))
        guard !values.isEmpty else { return .null }
        return figure.unit == .milliseconds
            ? .decimal(dividedRounding(sum, by: values.count), digits: 2) : Ratio(sum, of: values.count).document
    }

    private func meanFraction(_ rows: [QueryRow], _ part: String, _ whole: String) -> Document {
        let fractions = rows.compactMap { row -> Double? in
            guard let part = row.int(part), let whole = row.int(whole), whole > 0 else { return nil }
            return Double(part) / Double(whole)
        }
        return rows.isEmpty ? .null : .rounded(fractions.sorted().reduce(0, +) / Double(rows.count))
    }

    private func growth(_ rows: [QueryRow], _ part: [RowCondition]) -> Document {
        let before = figure.before.bound(binding)
        let isKnown = !isUnkept(figure.before) && !isUnkept(figure.parts.first ?? [])
        let (now, earlier) = (rows.count { part.hold($0) }, rows.count { before.hold($0) })
        let change = Ratio(now - earlier, of: earlier)
        guard case .growthOver(let setting) = figure.computation else { return isKnown ? change.document : .null }
        return .bool(isKnown && (change.value.map { $0 > limit(setting) } ?? (now > 0)))
    }

    private func isSustained(_ rows: [QueryRow], _ column: String, at: String, over limit: Double) -> Bool {
        var hours: [Int64: [Int64]] = [:]
        for row in rows {
            guard let at = row.instant(at), let value = row.int64(column) else { continue }
            hours[at.wholeSeconds(since: Instant(seconds: 0)) / 3600, default: []].append(value)
        }
        let slow = Set(hours.filter { Double(NearestRank($0.value).value(95) ?? 0) > limit * 100 }.keys)
        return slow.contains { slow.contains($0 + 1) && slow.contains($0 + 2) }
    }

    // MARK: Control charts

    private func chart(
        _ rows: [QueryRow], _ list: Computation.ControlList
    ) -> (labels: [String], limits: ProcessLimits)? {
        let labels = (kpi[list.list]?.items ?? []).compactMap { $0[list.key]?.string }.filter { !unkept.contains($0) }
        let counts = Dictionary(grouping: rows) { $0.text(list.column) ?? "" }.mapValues(\.count)
        return ProcessLimits(labels.map { counts[$0] ?? 0 }).map { (labels, $0) }
    }

    private func limit(_ limits: ProcessLimits, _ name: String) -> Document {
        switch name {
        case "upper": limits.upper
        case "lower": limits.lower
        default: limits.centre
        }
    }

    private func rule(_ rows: [QueryRow], _ list: Computation.ControlList) -> Document {
        guard let chart = chart(rows, list), let label = binding.values[list.key]?.string,
            let wanted = binding.values["rule"]
        else { return .null }
        let found = chart.limits.signals.filter { chart.labels[$0.index] == label }.map(\.rule.rawValue)
        return found.contains { .string($0) == wanted } ? wanted : .optional(found.first) { .string($0) }
    }
}
