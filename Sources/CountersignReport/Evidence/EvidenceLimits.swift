public import CountersignCore

/// What the figures of a KPI document cannot show, in sentences for an auditor.
public struct EvidenceLimits: Sendable {
    private let document: Document
    private let cutoff: Instant?
    private let retentionDays: Int?
    private let erasedCustomers: Int

    /// - Parameters:
    ///   - document: a KPI document.
    ///   - cutoff: what lies before it is gone; `nil` where nothing was ever purged.
    ///   - retentionDays: `nil` where retention is off.
    ///   - erasedCustomers: since the period began.
    public init(_ document: Document, cutoff: Instant?, retentionDays: Int?, erasedCustomers: Int = 0) {
        self.document = document
        self.cutoff = cutoff
        self.retentionDays = retentionDays
        self.erasedCustomers = erasedCustomers
    }

    public var sentences: [String] {
        notMeasurable + ledger + period + sources + conversations + [
            "Chatwoot's response times are in none of the sources: whether it answered slowly is not measurable.",
            "The sources are taken as they came: a decision, message or label that no source has is in no figure."
                + " The reconciliation shows what one side knows and the other does not.",
            "That nothing was cut off the ledger's end shows against a head that was noted elsewhere alone: an older report,"
                + " the mail of a run.",
            "The store keeps no text of customers' messages: what a control judged of one cannot be read there again.",
        ]
    }

    // MARK: What is not measurable

    /// All accounts together say nothing that one of them does not.
    private var accounts: [Document] {
        let entries = document["accounts"]?.items ?? []
        return entries.count > 1 ? entries.filter { $0["account"]?.string != "*" } : entries
    }

    private struct Gap: Hashable {
        let what: [String]
        let reason: String

        func sentence(of accounts: [String]) -> String {
            let whose = accounts.isEmpty ? "" : "\(EvidenceLimits.list(accounts)): "
            let verb = what.count == 1 ? "is" : "are"
            return "\(whose)\(EvidenceLimits.list(what)) \(verb) not measurable: \(reason)."
        }
    }

    /// KPIs and controls by the reason, which names the source that an account lacks.
    private var notMeasurable: [String] {
        var order: [Gap] = []
        var owners: [Gap: [String]] = [:]
        for entry in accounts {
            for gap in Self.gaps(entry) {
                if owners[gap] == nil { order.append(gap) }
                owners[gap, default: []].append(entry["account"]?.string ?? "")
            }
        }
        let isNamed = accounts.count > 1
        return order.map { gap in
            let names = owners[gap] ?? []
            return gap.sentence(of: isNamed && names.count < accounts.count ? names : [])
        }
    }

    private static func gaps(_ entry: Document) -> [Gap] {
        guard case .object(let members) = entry else { return [] }
        let parts: [(name: String, value: Document)] =
            members.map { ($0.key, $0.value) }
            + (entry["controls"]?.items ?? []).map { ($0["id"]?.string ?? "", $0) }
        var order: [String] = []
        var found: [String: [String]] = [:]
        for (name, value) in parts where value["measurable"]?.bool == false {
            let reason = value["reason"]?.string ?? "a source is missing"
            if found[reason] == nil { order.append(reason) }
            found[reason, default: []].append(name)
        }
        return order.map { Gap(what: found[$0] ?? [], reason: $0) }
    }

    private var ledger: [String] {
        let controls = accounts.flatMap { $0["controls"]?.items ?? [] }
        guard let control = controls.first(where: { $0["id"]?.string == "RET-002" }),
            control["measurable"]?.bool != false
        else { return ["The ledger is empty: that no receipt was changed or taken away cannot be shown."] }
        return (control["failed"]?.number ?? 0) > 0
            ? ["The ledger does not verify: what it says of purges and reports proves nothing."] : []
    }

    // MARK: What is missing

    private var period: [String] {
        var found: [String] = []
        let (start, end) = (document["window.start"]?.string ?? "", document["window.end"]?.string ?? "")
        // ISO times of one form are in the order of their texts.
        if let asOf = document["as_of"]?.string, asOf < end {
            found.append("The period ends at \(end), after the report's moment, \(asOf): it was not over yet.")
        }
        if let cutoff, start < cutoff.iso8601 {
            found.append(
                "The period begins before the retention cut-off, \(cutoff.iso8601): rows from before it are gone.")
        }
        if erasedCustomers > 0 {
            let words = erasedCustomers == 1 ? "1 customer was" : "\(erasedCustomers) customers were"
            found.append("\(words) erased since the period began: figures are without their rows.")
        }
        if retentionDays == nil { found.append("Retention is off: nothing is purged, whatever its age.") }
        return found
    }

    private func count(_ path: String, in part: Document? = nil) -> Int {
        if case .int(let count)? = (part ?? document)[path] { count } else { 0 }
    }

    private var sources: [String] {
        var found: [String] = []
        let files = document["data_quality.sources"]?.items ?? []
        let others = files.filter { $0["state"]?.string != "loaded" }
        if !others.isEmpty {
            let whole = CountedWords(one: "source", other: "sources").text(.count(files.count))
            let verb = CountedWords(one: "is", other: "are").text(.count(others.count))
            found.append(
                "\(others.count) of \(files.count) \(whole) could not be read or \(verb) incomplete: figures may be too low."
            )
        }
        let stale = (document["data_quality.freshness"]?.items ?? []).filter { $0["state"]?.string == "stale" }
        if !stale.isEmpty {
            let kinds = stale.compactMap { $0["source"]?.string }
            found.append(
                "Of \(Self.list(kinds)) the newest row was older than \(count("data_quality.stale_hours")) h: newer ones"
                    + " may be missing.")
        }
        let counted = [
            (
                "decisions_without_account",
                CountedWords(
                    one: "decision is of no known account: it is in no account's figures.",
                    other: "decisions are of no known account: they are in no account's figures.")
            ),
            (
                "lines_not_understood",
                CountedWords(
                    one: "line of changes fits no known sentence: what it tells is in no figure.",
                    other: "lines of changes fit no known sentence: what they tell is in no figure.")
            ),
            (
                "judged_by_older_word_lists",
                CountedWords(
                    one: "message was judged by word lists that have changed since.",
                    other: "messages were judged by word lists that have changed since.")
            ),
        ]
        return found
            + counted.compactMap { key, rest in
                let number = count("data_quality.\(key)")
                return number > 0 ? "\(number) \(rest.text(.count(number)))" : nil
            }
    }

    /// Of the first entry: the only account, or all together.
    private var conversations: [String] {
        let quality = document["accounts.0.data_quality"] ?? .null
        let all = count("conversations", in: quality)
        let whole = CountedWords(one: "conversation", other: "conversations").text(.count(all))
        let counted = [
            (
                "without_messages",
                CountedWords(
                    one: "has no messages in the data: what was said and when is not known.",
                    other: "have no messages in the data: what was said and when is not known.")
            ),
            (
                "incomplete_messages",
                CountedWords(
                    one: "has incomplete messages: its first reply may be missing.",
                    other: "have incomplete messages: their first reply may be missing.")
            ),
            (
                "approximate_resolutions",
                CountedWords(
                    one: "was resolved at a time that is known approximately alone.",
                    other: "were resolved at a time that is known approximately alone.")
            ),
        ]
        return counted.compactMap { key, rest in
            let number = count(key, in: quality)
            return number > 0 ? "\(number) of \(all) \(whole) \(rest.text(.count(number)))" : nil
        }
    }

    /// `a`, `a and b`, `a, b and c`
    private static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }
}
