import CountersignCore
import Testing

@Suite struct BreachTrendTests {
    private func weekOverWeek(current: Int, previous: Int, isKept: (Bool, Bool) = (true, true)) -> Document {
        var trend = BreachTrend()
        trend.add(BreachTrend.Breaches(breaches: previous), label: "2026-W44")
        trend.add(BreachTrend.Breaches(breaches: current), label: "2026-W45")
        return trend.document(
            weeks: [("2026-W44", isKept.0), ("2026-W45", isKept.1)], days: [], hours: [], settings: KPISettings()
        )["week_over_week"] ?? .null
    }

    @Test(
        arguments: [
            (31, 24, .decimal(2917, digits: 4), true),
            // 12 against 10 is exactly 0.2, which is not over it; 1201 against 1000 is.
            (12, 10, .decimal(2000, digits: 4), false), (1201, 1000, .decimal(2010, digits: 4), true),
            (6, 5, .decimal(2000, digits: 4), false), (5, 10, .decimal(-5000, digits: 4), false),
            (3, 0, .null, true), (0, 0, .null, false),
        ] as [(Int, Int, Document, Bool)])
    func `an alert needs a growth of more than a fifth, or any after none`(
        current: Int, previous: Int, change: Document, isAlert: Bool
    ) {
        let document = weekOverWeek(current: current, previous: previous)
        #expect(document["change"] == change)
        #expect(document["alert"] == .bool(isAlert))
        #expect(document["current"] == .int(current) && document["previous"] == .int(previous))
    }

    @Test func `weeks that begin before the cut-off have no figures, never an undercount`() {
        let unknown = weekOverWeek(current: 5, previous: 1, isKept: (false, true))
        #expect(unknown["current"] == .int(5) && unknown["previous"] == .null)
        #expect(unknown["change"] == .null && unknown["alert"] == .bool(false))
        let gone = weekOverWeek(current: 5, previous: 1, isKept: (false, false))
        #expect(gone["current"] == .null && gone["previous"] == .null && gone["alert"] == .bool(false))
    }

    @Test func `a period of several weeks has figures like a week, unless it begins before the cut-off`() {
        var trend = BreachTrend()
        trend.add(BreachTrend.Created(created: 6, breached: 1), label: "2026-W44_2026-W45")
        trend.add(BreachTrend.Breaches(breaches: 2, overTwoHours: 1, afterReply: 1), label: "2026-W44_2026-W45")
        func period(isKept: Bool) -> Document? {
            trend.document(
                weeks: [], days: [], hours: [], period: ("2026-W44_2026-W45", isKept), settings: KPISettings())[
                    "period"]
        }
        let known: [(String, Document)] = [
            ("created", .int(6)), ("breached", .int(1)), ("breach_rate", .decimal(1667, digits: 4)),
            ("breach_rate_interval", .array([.decimal(301, digits: 4), .decimal(5635, digits: 4)])),
            ("breaches", .int(2)), ("over_2h", .int(1)), ("after_reply", .int(1)),
        ]
        #expect(period(isKept: true) == .object(known.map { .init($0, $1) }))
        #expect(period(isKept: false) == .object(known.map { .init($0.0, .null) }))
        #expect(trend.document(weeks: [], days: [], hours: [], settings: KPISettings())["period"] == nil)
    }

    @Test func `a week has its figures, a day and an hour theirs, and parts add up`() {
        var trend = BreachTrend()
        for _ in 0..<2 {
            trend.add(BreachTrend.Created(created: 6, breached: 1), label: "2026-W45")
            trend.add(BreachTrend.Breaches(breaches: 2, overTwoHours: 1, afterReply: 1), label: "2026-W45")
            trend.add(BreachTrend.Breaches(breaches: 1), label: "1-09")
            trend.add(BreachTrend.Created(created: 3, breached: 1), inbox: 7)
        }
        trend.add(BreachTrend.Created(created: 1, breached: 0), inbox: 0)
        trend.add(BreachTrend.OpenNow(breached: 1, overTwoHours: 0, oldestBreachAt: .after(minutes: 9)))
        trend.add(BreachTrend.OpenNow(breached: 2, overTwoHours: 1, oldestBreachAt: .after(minutes: 3)))
        let document = trend.document(
            weeks: [("2026-W44", false), ("2026-W45", true)], days: [("2026-11-02", true), ("2026-11-03", false)],
            hours: ["1-09", "1-10", "1-09"], settings: KPISettings())
        #expect(document["weeks.0.created"] == .null && document["weeks.0.breach_rate"] == .null)
        let week = document["weeks.1"] ?? .null
        #expect(week["created"] == .int(12) && week["breached"] == .int(2))
        #expect(week["breach_rate"] == .decimal(1667, digits: 4))
        #expect(week["breaches"] == .int(4) && week["over_2h"] == .int(2) && week["after_reply"] == .int(2))
        #expect(document["days.0.breaches"] == .int(0) && document["days.1.breaches"] == .null)
        // An hour that comes twice is one cell, one without breaches is none.
        #expect(document["by_hour"]?.items.count == 1)
        #expect(document["by_hour.0.weekday"] == .int(1) && document["by_hour.0.hour"] == .int(9))
        #expect(document["by_hour.0.breaches"] == .int(2))
        #expect(
            document["by_inbox.0.inbox_id"] == .null && document["by_inbox.1.breach_rate"] == .decimal(3333, digits: 4))
        #expect(document["open_now.breached"] == .int(3) && document["open_now.over_2h"] == .int(1))
        #expect(document["open_now.oldest_breach_at"] == .instant(.after(minutes: 3)))
        // One day is too few for limits.
        #expect(document["control_chart.centre"] == .null)
    }
}
