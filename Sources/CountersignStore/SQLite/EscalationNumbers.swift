internal import CountersignCore

/// Gives escalations their numbers (kpis.md §11): by start within account and year, those that arrive late the next one.
/// A number once given is never given again.
struct EscalationNumbers {
    private let connection: OpaquePointer?
    private let calendar: ReportCalendar?

    /// - Parameter timeZone: the year of a start is that of its local day.
    init(_ connection: OpaquePointer?, timeZone: String) {
        self.connection = connection
        calendar = ReportCalendar(timeZone: timeZone)
    }

    private struct Start: Hashable {
        let account: Int64
        let conversation: Int64
    }

    func assign() throws(StoreError) {
        let fresh = try Statement(
            connection,
            """
            select e.account_id, e.conversation_id, e.started_at, e.updated_at from escalation as e
            left join escalation_number as n on n.account_id = e.account_id
                and n.conversation_id = e.conversation_id and n.started_at = e.started_at
            where n.number is null
            order by e.account_id, e.started_at, e.conversation_id
            """)
        guard try fresh.step() else { return }
        var left = try abandoned()
        let move = try Statement(
            connection,
            "update escalation_number set started_at = ? where account_id = ? and conversation_id = ? and started_at = ?"
        )
        let put = try Statement(
            connection,
            """
            insert into escalation_number (account_id, year, number, conversation_id, started_at)
            select ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4 from escalation_number where account_id = ?1 and year = ?2
            """)
        var escalations: [(account: Int64, conversation: Int64, start: Instant, end: Instant?)] = []
        repeat {
            escalations.append((fresh.int64(0), fresh.int64(1), fresh.instant(2), fresh.optionalInstant(3)))
        } while try fresh.step()
        for escalation in escalations {
            let key = Start(account: escalation.account, conversation: escalation.conversation)
            let mine = left[key]?.firstIndex { isSame($0, as: escalation.start, until: escalation.end) }
            if let mine, let old = left[key]?.remove(at: mine) {
                move.bind(escalation.start, 1)
                move.bind(key.account, 2)
                move.bind(key.conversation, 3)
                move.bind(old, 4)
                try move.run()
            } else {
                put.bind(key.account, 1)
                put.bind(year(of: escalation.start), 2)
                put.bind(key.conversation, 3)
                put.bind(escalation.start, 4)
                try put.run()
            }
        }
    }

    /// An escalation of which an earlier beginning, or the exact moment, has become known is still the same.
    private func isSame(_ old: Instant, as start: Instant, until end: Instant?) -> Bool {
        if (old.microseconds - start.microseconds).magnitude <= 600_000_000 { return true }
        return old > start && end.map { old <= $0 } ?? true
    }

    /// Numbers whose escalation is not there under the moment that it had.
    private func abandoned() throws(StoreError) -> [Start: [Instant]] {
        let find = try Statement(
            connection,
            """
            select n.account_id, n.conversation_id, n.started_at from escalation_number as n
            left join escalation as e on e.account_id = n.account_id
                and e.conversation_id = n.conversation_id and e.started_at = n.started_at
            where e.started_at is null
            order by n.account_id, n.conversation_id, n.started_at
            """)
        var left: [Start: [Instant]] = [:]
        while try find.step() {
            left[Start(account: find.int64(0), conversation: find.int64(1)), default: []].append(find.instant(2))
        }
        return left
    }

    private func year(of start: Instant) -> Int {
        (calendar?.day(of: start) ?? CivilDate(daysSince1970: Int(start.microseconds / 86_400_000_000))).year
    }
}
