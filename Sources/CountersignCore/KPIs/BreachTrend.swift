/// SLA breaches over time (kpis.md §2 `breach_trend`).
public struct BreachTrend: Sendable {
    /// Conversations created in a stretch of time, and those of them that have breached.
    public struct Created: Hashable, Sendable {
        public var created = 0
        public var breached = 0

        public init(created: Int = 0, breached: Int = 0) {
            self.created = created
            self.breached = breached
        }
    }

    /// Conversations whose breach lies in a stretch of time.
    public struct Breaches: Hashable, Sendable {
        public var breaches = 0
        public var overTwoHours = 0
        public var afterReply = 0

        public init(breaches: Int = 0, overTwoHours: Int = 0, afterReply: Int = 0) {
            self.breaches = breaches
            self.overTwoHours = overTwoHours
            self.afterReply = afterReply
        }
    }

    public struct OpenNow: Hashable, Sendable {
        public var breached = 0
        public var overTwoHours = 0
        public var oldestBreachAt: Instant?

        public init(breached: Int = 0, overTwoHours: Int = 0, oldestBreachAt: Instant? = nil) {
            self.breached = breached
            self.overTwoHours = overTwoHours
            self.oldestBreachAt = oldestBreachAt
        }
    }

    /// By the label of the span; a span that is not in here had none.
    public var created: [String: Created] = [:]
    public var breaches: [String: Breaches] = [:]
    public var inboxes: [Int64: Created] = [:]
    public var openNow = OpenNow()

    public init() {}

    public mutating func add(_ row: Created, label: String) {
        created[label, default: Created()].created += row.created
        created[label, default: Created()].breached += row.breached
    }

    public mutating func add(_ row: Breaches, label: String) {
        breaches[label, default: Breaches()].breaches += row.breaches
        breaches[label, default: Breaches()].overTwoHours += row.overTwoHours
        breaches[label, default: Breaches()].afterReply += row.afterReply
    }

    public mutating func add(_ row: Created, inbox: Int64) {
        inboxes[inbox, default: Created()].created += row.created
        inboxes[inbox, default: Created()].breached += row.breached
    }

    public mutating func add(_ row: OpenNow) {
        openNow.breached += row.breached
        openNow.overTwoHours += row.overTwoHours
        openNow.oldestBreachAt = [openNow.oldestBreachAt, row.oldestBreachAt].compactMap(\.self).min()
    }

    /// - Parameters:
    ///   - weeks: 13, oldest first; `nil` stands for one that begins before the retention cut-off.
    ///   - days: 28, likewise.
    ///   - hours: labels as `ReportCalendar.hours(of:)` gives them.
    ///   - period: the window where it is several weeks.
    public func document(
        weeks: [(label: String, isKept: Bool)], days: [(label: String, isKept: Bool)], hours: [String],
        period: (label: String, isKept: Bool)? = nil, settings: KPISettings
    ) -> Document {
        let period = period.map { [Document.Member("period", .object(figures($0.label, isKept: $0.isKept)))] } ?? []
        return .object(
            [
                .init("clock", .string(settings.slaClock.rawValue)),
                .init("sla_minutes", .int(settings.slaMinutes)),
                .init("week_over_week", weekOverWeek(weeks.suffix(2), alertOver: settings.breachWeekOverWeek)),
                .init("weeks", .array(weeks.map { weekDocument($0.label, isKept: $0.isKept) })),
                .init("days", .array(days.map { dayDocument($0.label, isKept: $0.isKept) })),
                .init("by_hour", .array(byHour(hours))),
                .init("by_inbox", .array(byInbox)),
                .init(
                    "open_now",
                    .object([
                        .init("breached", .int(openNow.breached)),
                        .init("over_2h", .int(openNow.overTwoHours)),
                        .init("oldest_breach_at", .instant(openNow.oldestBreachAt)),
                    ])),
                .init("control_chart", controlChart(days.filter(\.isKept).map(\.label))),
            ] + period)
    }

    private func weekOverWeek(
        _ weeks: ArraySlice<(label: String, isKept: Bool)>, alertOver limit: Double
    ) -> Document {
        let current = weeks.last.map { breaches[$0.label]?.breaches ?? 0 } ?? 0
        guard let week = weeks.first, weeks.count == 2, week.isKept else {
            return .object([
                .init("current", weeks.last?.isKept == true ? .int(current) : .null), .init("previous", .null),
                .init("change", .null), .init("alert", .bool(false)),
            ])
        }
        let previous = breaches[week.label]?.breaches ?? 0
        let change = Ratio(current - previous, of: previous)
        let isAlert = change.value.map { $0 > limit } ?? (current > 0)
        return .object([
            .init("current", .int(current)), .init("previous", .int(previous)), .init("change", change.document),
            .init("alert", .bool(isAlert)),
        ])
    }

    private func weekDocument(_ label: String, isKept: Bool) -> Document {
        .object([.init("week", .string(label))] + figures(label, isKept: isKept))
    }

    private func figures(_ label: String, isKept: Bool) -> [Document.Member] {
        let created = self.created[label] ?? Created()
        let breaches = self.breaches[label] ?? Breaches()
        let rate = Ratio(created.breached, of: created.created)
        func figure(_ value: Int) -> Document { isKept ? .int(value) : .null }
        return [
            .init("created", figure(created.created)),
            .init("breached", figure(created.breached)),
            .init("breach_rate", isKept ? rate.document : .null),
            .init("breach_rate_interval", isKept ? rate.intervalDocument : .null),
            .init("breaches", figure(breaches.breaches)),
            .init("over_2h", figure(breaches.overTwoHours)),
            .init("after_reply", figure(breaches.afterReply)),
        ]
    }

    private func dayDocument(_ label: String, isKept: Bool) -> Document {
        .object([
            .init("date", .string(label)),
            .init("created", isKept ? .int(created[label]?.created ?? 0) : .null),
            .init("breaches", isKept ? .int(breaches[label]?.breaches ?? 0) : .null),
        ])
    }

    /// Labels are `<weekday>-<hour>`; an hour that comes twice when clocks go back is one cell.
    private func byHour(_ labels: [String]) -> [Document] {
        Set(labels).sorted().compactMap { label in
            let parts = label.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2, let cell = breaches[label], cell.breaches > 0 else { return nil }
            return .object([
                .init("weekday", .int(parts[0])), .init("hour", .int(parts[1])), .init("breaches", .int(cell.breaches)),
            ])
        }
    }

    private var byInbox: [Document] {
        inboxes.sorted { $0.key < $1.key }.map { inbox, row in
            .object([
                .init("inbox_id", inbox == 0 ? .null : .int(Int(inbox))),
                .init("created", .int(row.created)),
                .init("breached", .int(row.breached)),
                .init("breach_rate", Ratio(row.breached, of: row.created).document),
                .init("breach_rate_interval", Ratio(row.breached, of: row.created).intervalDocument),
            ])
        }
    }

    private func controlChart(_ days: [String]) -> Document {
        let values = days.map { breaches[$0]?.breaches ?? 0 }
        guard let limits = ProcessLimits(values) else {
            return .object([
                .init("centre", .null), .init("upper", .null), .init("lower", .null), .init("signals", .array([])),
            ])
        }
        let signals = limits.signals.map { signal in
            Document.object([
                .init("date", .string(days[signal.index])),
                .init("breaches", .int(values[signal.index])),
                .init("rule", .string(signal.rule.rawValue)),
            ])
        }
        return .object([
            .init("centre", limits.centre), .init("upper", limits.upper), .init("lower", limits.lower),
            .init("signals", .array(signals)),
        ])
    }
}
