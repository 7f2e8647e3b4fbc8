/// Each change once, though several sources tell it: an event line knows who did it, a webhook or a row of the database knows
/// when.
extension ConversationTimeline {

    static func changes(_ activities: [ActivityEvent]) -> [ActivityEvent] {
        guard activities.contains(where: { $0.source != activities[0].source }) else {
            return activities.sorted(by: isBefore)
        }
        var merged: [Cluster] = []
        var open: [Subject: Int] = [:]
        for event in activities.sorted(by: isBefore) {
            let subject = Subject(event.activity)
            if let index = open[subject], merged[index].mayBe(event) {
                merged[index].add(event)
            } else {
                for opposite in subject.opposites { open[opposite] = nil }
                open[subject] = merged.count
                merged.append(Cluster(event))
            }
        }
        return merged.map(\.event).sorted(by: isBefore)
    }

    private static func isBefore(_ a: ActivityEvent, _ b: ActivityEvent) -> Bool {
        if a.at != b.at { return a.at < b.at }
        // At an equal time the source that knows best when comes first; the rest makes the order one of values alone.
        func key(_ event: ActivityEvent) -> (Int, Int, String, String) {
            let activity = event.activity
            return (
                activity.kind.rawValue, -event.source.rawValue, activity.subject ?? "",
                "\(activity.actor ?? "") \(activity.assignee ?? 0)"
            )
        }
        return key(a) < key(b)
    }

    /// What changed: of a label its name; assignments are told by name in one source and by id in another.
    private struct Subject: Hashable {
        let kind: Activity.Kind
        let label: String?

        init(_ activity: Activity) {
            kind = activity.kind
            label =
                switch activity.kind {
                case .labelAdded, .labelRemoved: activity.subject
                default: nil
                }
        }

        private init(kind: Activity.Kind, label: String?) {
            self.kind = kind
            self.label = label
        }

        /// What happens to the same thing in between makes a second change of it.
        var opposites: [Subject] {
            switch kind {
            case .labelAdded: [Subject(kind: .labelRemoved, label: label)]
            case .labelRemoved: [Subject(kind: .labelAdded, label: label)]
            case .assigned: [Subject(kind: .unassigned, label: nil)]
            case .unassigned: [Subject(kind: .assigned, label: nil)]
            case .resolved, .reopened, .pending, .snoozed:
                [Activity.Kind.resolved, .reopened, .pending, .snoozed].filter { $0 != kind }
                    .map { Subject(kind: $0, label: nil) }
            }
        }
    }

    /// One change as its sources tell it.
    private struct Cluster {
        private(set) var event: ActivityEvent
        private var sources: Set<ConversationEvent.Source>

        init(_ event: ActivityEvent) {
            self.event = event
            sources = [event.source]
        }

        /// Microseconds by which another source may tell the same change later. A job writes event lines, at times much
        /// later and never earlier, but for the fraction of a second that they lack.
        private func tolerance(of other: ConversationEvent.Source) -> Int64 {
            if sources == [.line] { return 999_999 }
            return other == .line ? 600_000_000 : 10_000_000
        }

        /// One source tells a change once, and two sources do not contradict each other.
        func mayBe(_ other: ActivityEvent) -> Bool {
            guard !sources.contains(other.source),
                other.at.microseconds - event.at.microseconds <= tolerance(of: other.source)
            else { return false }
            let (a, b) = (event.activity, other.activity)
            if let a = a.assignee, let b = b.assignee, a != b { return false }
            if let a = a.actor, let b = b.actor, a != b { return false }
            return true
        }

        mutating func add(_ other: ActivityEvent) {
            if sources == [.line] {
                event.at = other.at
                event.source = other.source
            }
            sources.insert(other.source)
            let (a, b) = (event.activity, other.activity)
            event.activity = Activity(
                kind: a.kind, actor: a.actor ?? b.actor, subject: a.subject ?? b.subject,
                assignee: a.assignee ?? b.assignee)
        }
    }
}
