/// Something the staff did on a conversation that answers for it: a reply, a note or a logged decision.
struct StaffAct: Hashable, Sendable {
    enum Source: Hashable, Sendable {
        /// The message's id.
        case reply(Int64)
        case note
        /// The decision's id.
        case decision(String, ActionKind)
    }

    let at: Instant
    /// An email, else a name.
    let by: String?
    let source: Source
}

extension ConversationTimeline {
    /// Replies, notes and decisions in time order; at an equal time what the log says comes first.
    func staffActs(_ staff: StaffDirectory) -> [StaffAct] {
        var acts = decisions.map { StaffAct(at: $0.at, by: $0.actor, source: .decision($0.id, $0.kind)) }
        for message in messages {
            switch message.kind {
            case .reply:
                acts.append(
                    StaffAct(at: message.at, by: staff.label(user: message.sender), source: .reply(message.id)))
            case .note:
                acts.append(StaffAct(at: message.at, by: staff.label(user: message.sender), source: .note))
            default: break
            }
        }
        return acts.sorted { a, b in
            a.at != b.at ? a.at < b.at : (a.source.order, a.by ?? "") < (b.source.order, b.by ?? "")
        }
    }
}

extension StaffAct.Source {
    fileprivate var order: Int {
        switch self {
        case .decision: 0
        case .reply: 1
        case .note: 2
        }
    }

    var isDecision: Bool {
        if case .decision = self { true } else { false }
    }
}

/// Two events are one, or belong together, when they lie this close (kpis.md §10).
let matchingMicroseconds: Int64 = 600_000_000

extension Instant {
    func isWithin(_ microseconds: Int64, of other: Instant) -> Bool {
        (self.microseconds - other.microseconds).magnitude <= UInt64(microseconds)
    }
}
