internal import CountersignCore

/// Finds decisions that are one: equal in scope, actor, action and time to the millisecond, account and
/// conversation equal or missing on one side (kpis.md §0 Twin rows). The one with a payload stays; of two, the one
/// with the smaller id.
///
/// The whole group is judged again whenever one of it arrives, so the order of arrival does not matter.
final class TwinFinder {
    /// Decisions that may be one.
    struct Group: Hashable {
        let account: Int64
        let at: Instant
        let scope: Int64
        let actor: Int64
        let action: Int64
    }

    private struct Candidate {
        let account: Int64
        let shop: Int64
        let at: Instant
        let id: String
        let conversation: Int64
        let hasPayload: Bool
        let isTwin: Bool
    }

    private let connection: OpaquePointer?
    private let inAccount: Statement
    private let everywhere: Statement
    private let update: Statement
    private let hasStrays: Bool

    init(_ connection: OpaquePointer?) throws(StoreError) {
        self.connection = connection
        let select =
            "select account_id, shop_id, decided_at, decision_id, conversation_id, has_payload, is_twin from decision"
        let conditions =
            " decided_at >= ? and decided_at < ? and scope_id = ? and actor_id = ? and action_id = ?"
        inAccount = try Statement(connection, "\(select) where account_id = ? and \(conditions)")
        everywhere = try Statement(
            connection,
            "\(select) where account_id in (select account_id from account union all select 0) and \(conditions)")
        update = try Statement(
            connection,
            "update decision set is_twin = ? where account_id = ? and decided_at = ? and decision_id = ?")
        let probe = try Statement(connection, "select 1 from decision where account_id = 0 limit 1")
        hasStrays = try probe.step()
    }

    /// One decision, as its table knows it.
    struct Key: Hashable {
        let account: Int64
        let at: Instant
        let id: String
    }

    /// Judges a group of which decisions have just been written or taken away.
    ///
    /// - Parameters:
    ///   - touch: called for each conversation of which a decision became, or ceased to be, a twin.
    /// - Returns: those of the group that are twins.
    func judge(
        _ group: Group, touch: (Int64, Int64) throws(StoreError) -> Void
    ) throws(StoreError) -> [Key] {
        var twins: [Key] = []
        for (candidate, isTwin) in judged(try candidates(of: group)) {
            if isTwin != candidate.isTwin {
                try write(candidate, isTwin: isTwin)
                try touch(candidate.account, candidate.conversation)
            }
            if isTwin { twins.append(Key(account: candidate.account, at: candidate.at, id: candidate.id)) }
        }
        return twins
    }

    /// Judges every decision again, after decisions have changed their account.
    func markAll() throws(StoreError) {
        let all = try Statement(
            connection,
            "select account_id, shop_id, decided_at, decision_id, conversation_id, has_payload, is_twin,"
                + " scope_id, actor_id, action_id from decision order by scope_id, actor_id, action_id, decided_at")
        var group: [Candidate] = []
        var groupKey: [Int64] = []
        var changed: [(Candidate, Bool)] = []
        func finish() { changed += judged(group).filter { $0.0.isTwin != $0.1 } }
        while try all.step() {
            let candidate = Self.candidate(all)
            let key = [all.int64(7), all.int64(8), all.int64(9), candidate.at.milliseconds]
            if key != groupKey {
                finish()
                group.removeAll(keepingCapacity: true)
                groupKey = key
            }
            group.append(candidate)
        }
        finish()
        for (candidate, isTwin) in changed { try write(candidate, isTwin: isTwin) }
    }

    private func write(_ candidate: Candidate, isTwin: Bool) throws(StoreError) {
        update.bind(isTwin, 1)
        update.bind(candidate.account, 2)
        update.bind(candidate.at, 3)
        update.bind(candidate.id, 4)
        try update.run()
    }

    /// Which of a group are twins of one that stays.
    private func judged(_ group: [Candidate]) -> [(Candidate, isTwin: Bool)] {
        let ordered = group.sorted { a, b in
            a.hasPayload != b.hasPayload
                ? a.hasPayload : isSmaller(a.id, b.id) || (a.id == b.id && a.account > b.account)
        }
        var kept = Kept()
        return ordered.map { candidate in
            let isTwin = kept.hasTwin(of: candidate)
            if !isTwin { kept.add(candidate) }
            return (candidate, isTwin)
        }
    }

    /// Those of a group that stay, by what tells them apart: a group may be as long as an import whose rows were all dated
    /// alike.
    private struct Kept {
        private struct Account: Hashable {
            let number: Int64
            let shop: Int64

            /// What a row itself says decides whether its account is missing: a row without a shop may stand in the only
            /// account there is and yet be the mirror of a sample shop's row, which has no account but names its shop.
            init(_ candidate: Candidate) {
                number = candidate.account
                shop = candidate.account == 0 ? candidate.shop : 0
            }
        }

        /// Conversations; 0 is a missing one.
        private var all: Set<Int64> = []
        private var withoutShop: Set<Int64> = []
        private var byAccount: [Account: Set<Int64>] = [:]

        mutating func add(_ candidate: Candidate) {
            all.insert(candidate.conversation)
            if candidate.shop == 0 {
                withoutShop.insert(candidate.conversation)
            } else {
                byAccount[Account(candidate), default: []].insert(candidate.conversation)
            }
        }

        /// Whether one is there whose account and conversation are equal or missing on one side.
        func hasTwin(of candidate: Candidate) -> Bool {
            func matches(_ conversations: Set<Int64>) -> Bool {
                candidate.conversation == 0
                    ? !conversations.isEmpty
                    : conversations.contains(candidate.conversation) || conversations.contains(0)
            }
            if candidate.shop == 0 { return matches(all) }
            return matches(withoutShop) || byAccount[Account(candidate)].map(matches) ?? false
        }
    }

    private func candidates(of group: Group) throws(StoreError) -> [Candidate] {
        let start = group.at.milliseconds * 1000
        func read(_ statement: borrowing Statement, from index: Int32) throws(StoreError) -> [Candidate] {
            statement.bind(start, index)
            statement.bind(start + 1000, index + 1)
            statement.bind(group.scope, index + 2)
            statement.bind(group.actor, index + 3)
            statement.bind(group.action, index + 4)
            var found: [Candidate] = []
            while try statement.step() {
                found.append(Self.candidate(statement))
            }
            statement.reset()
            return found
        }
        if group.account == 0 || hasStrays { return try read(everywhere, from: 1) }
        inAccount.bind(group.account, 1)
        return try read(inAccount, from: 2)
    }

    private static func candidate(_ row: borrowing Statement) -> Candidate {
        Candidate(
            account: row.int64(0), shop: row.int64(1), at: row.instant(2), id: row.text(3) ?? "",
            conversation: row.int64(4), hasPayload: row.flag(5), isTwin: row.flag(6))
    }

    /// Numbers by value, everything else by text after them.
    private func isSmaller(_ a: String, _ b: String) -> Bool {
        switch (Int64(a), Int64(b)) {
        case (let a?, let b?): a < b
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): a < b
        }
    }
}
