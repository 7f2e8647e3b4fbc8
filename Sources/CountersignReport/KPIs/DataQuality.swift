internal import CountersignCore

/// What the figures rest on (kpis.md §12): every source with its control totals, how fresh each kind of row is, and what is
/// known to be missing, approximate or contradictory.
struct DataQuality {
    private let files: [Document]
    private let reasons: [Document]
    private let linesNotUnderstood: Int
    private let freshness: [Document]
    private let staleCount: Int
    private let olderWordLists: Int
    private let withoutAccount: Int
    private let conversations: [QueryRow]
    private let missing: [QueryRow]
    private let decisions: [QueryRow]
    private let actions: [QueryRow]
    private let differences: [QueryRow]

    /// At most this many ids or names of a kind are listed; the counts are of all.
    private static let listed = 100

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, queries: QueryLibrary) throws {
        let asOf = ["as_of": QueryValue.instant(kpis.asOf)]
        let why = try runner.rows(of: queries.query("source_reasons"), [:])
        let sources = try runner.rows(of: queries.query("sources"), [:])
        files = SourceList.files(sources, reasons: why, maximumRejected: kpis.maximumRejected).map(\.document)
        linesNotUnderstood = sources.reduce(0) { $0 + $1.count("lines_not_understood") }
        reasons = Self.sums(why, of: Set(sources.compactMap { $0.int64("file_id") }))
        let stale = Int64(kpis.staleHours) * 3600
        let ages = try runner.rows(of: queries.query("newest_rows"), asOf).compactMap {
            row -> (kind: String, at: Instant, age: Int64)? in
            guard let kind = row.text("kind"), let at = row.instant("newest_at") else { return nil }
            return (kind, at, kpis.asOf.wholeSeconds(since: at))
        }
        staleCount = ages.count { $0.age > stale }
        freshness = ages.sorted { $0.kind < $1.kind }.map { entry in
            .object([
                .init("source", .string(entry.kind)), .init("newest_at", .instant(entry.at)),
                .init("age_seconds", .int(Int(entry.age))),
                .init("state", .string(entry.age > stale ? "stale" : "fresh")),
            ])
        }
        olderWordLists =
            try runner.rows(
                of: queries.query("older_word_lists"), ["word_lists": .text(kpis.settings.featureRules.digest)]
            ).first?
            .count("messages") ?? 0
        conversations = try runner.rows(of: queries.query("conversation_quality"), asOf)
        missing = try runner.rows(of: queries.query("conversations_missing"), [:])
        decisions = try runner.rows(of: queries.query("decision_quality"), asOf)
        actions = try runner.rows(of: queries.query("unknown_actions"), asOf)
        differences = try runner.rows(of: queries.query("breach_differences"), asOf)
        withoutAccount = decisions.first { $0.int64("account_id") == 0 }?.count("decisions") ?? 0
    }

    /// Of all accounts: what is read, and how new it is.
    func document(staleHours: Int) -> Document {
        .object([
            .init("stale_hours", .int(staleHours)),
            .init("stale", .int(staleCount)),
            .init("freshness", .array(freshness)),
            .init("decisions_without_account", .int(withoutAccount)),
            .init("judged_by_older_word_lists", .int(olderWordLists)),
            .init("lines_not_understood", .int(linesNotUnderstood)),
            .init("reasons", .array(reasons)),
            .init("sources", .array(files)),
        ])
    }

    /// Rows of all sources in their newest version that are in no figure, by what became of them and why; most first.
    private static func sums(_ rows: [QueryRow], of files: Set<Int64>) -> [Document] {
        struct Key: Hashable {
            let outcome: String
            let reason: String
        }
        var counts: [Key: Int] = [:]
        for row in rows where row.int64("file_id").map(files.contains) ?? false {
            counts[Key(outcome: row.text("outcome") ?? "", reason: row.text("reason") ?? ""), default: 0] +=
                row.count("row_count")
        }
        let sorted = counts.sorted {
            ($1.value, $0.key.outcome, $0.key.reason) < ($0.value, $1.key.outcome, $1.key.reason)
        }
        return sorted.map { key, count in
            .object([
                .init("outcome", .string(key.outcome)), .init("reason", .string(key.reason)),
                .init("rows", .int(count)),
            ])
        }
    }

    /// Of one account, or of several together.
    func document(of accounts: [Int64]) -> Document {
        func sum(_ rows: [QueryRow], _ column: String) -> Document {
            .int(own(rows, accounts).reduce(0) { $0 + $1.count(column) })
        }
        let differing = own(differences, accounts)
        return .object([
            .init("conversations", sum(conversations, "conversations")),
            .init("without_messages", sum(conversations, "without_messages")),
            .init("incomplete_messages", sum(conversations, "incomplete_messages")),
            .init("approximate_resolutions", sum(conversations, "approximate_resolutions")),
            .init("messages_without_conversation", sum(missing, "without_conversation")),
            .init("conversations_without_creation", sum(missing, "without_creation")),
            .init("conversations_without_number", sum(missing, "without_number")),
            .init("twin_decisions", sum(decisions, "twins")),
            .init("breach_differences", .int(differing.count)),
            .init("differing_conversations", .array(differing.prefix(Self.listed).map(Self.difference))),
            .init("unknown_actions", .array(unknownActions(accounts))),
        ])
    }

    private func own(_ rows: [QueryRow], _ accounts: [Int64]) -> [QueryRow] {
        rows.filter { $0.int64("account_id").map(accounts.contains) ?? false }
    }

    private static func difference(_ row: QueryRow) -> Document {
        .object([
            .init("conversation", .int(row.count("conversation_id"))),
            .init("recorded_at", .instant(row.instant("recorded_at"))),
            .init("breached_at", .instant(row.instant("breached_at"))),
        ])
    }

    /// By decisions descending, then name. What is no identifier is free text, which no report repeats.
    private func unknownActions(_ accounts: [Int64]) -> [Document] {
        var counts: [String: Int] = [:]
        for row in own(actions, accounts) {
            let name = row.text("action") ?? ""
            counts[Identifier.isOne(name) ? name : "(free text)", default: 0] += row.count("decisions")
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.listed).map { name, count in
            .object([.init("action", .string(name)), .init("decisions", .int(count))])
        }
    }
}
