/// One thing that happens in a conversation: a message, a logged decision, or both.
struct Event: Sendable {
    enum Act: Sendable {
        /// `nil` is a message with only a picture.
        case customer(String?)
        case reply(Person, String)
        case note(Person, String)
        case failedReply(Person, String, error: String)
        case automation
        case selfAssigned(Person)
        case assigned(Person, by: Person)
        case reopened(Person)
        case resolvedBySystem
        case approved(Person, Reply)
        /// The older interface: a template sent as it is.
        case sentTemplate(Person, ReplyTemplate)
        case escalated(Person, note: String?, label: String)
        case resolved(Person, note: String?)
    }

    /// Seconds since 1970.
    var at: Int64
    let act: Act
    /// False where the export does not reach back to the message.
    var hasMessage = true
    /// How often the log holds the decision: the row and its mirrored twins; 0 for what is not logged.
    var rows = 0
    /// `ops`, or `build` for a row that the figures leave out.
    var scope = "ops"
}

/// Tells a conversation: plausible turns that use up a given number of messages and logged rows exactly.
struct Story {
    private(set) var events: [Event] = []

    private let contact: Contact
    private let staff: Staff
    private let owner: Person
    private var messages: Int
    private var rows: Int
    private var random: SplitMix64
    private var time: Int64
    private var isEscalated = false
    private var isResolved = false
    private var isWaiting = false

    /// - Parameters:
    ///   - start: the conversation's creation, seconds since 1970.
    ///   - end: nothing happens at or after it; a story that would run longer is told faster.
    init(of contact: Contact, staff: Staff, messages: Int, rows: Int, start: Int64, end: Int64, random: SplitMix64) {
        self.contact = contact
        self.staff = staff
        self.messages = messages
        self.rows = rows
        self.random = random
        time = start
        owner = self.random.pick(staff.operators)
        if messages > 0 { tell(.customer(self.random.pick(Wording.openings))) }
        while self.messages > 0 || self.rows > 0 { goOn() }
        hurry(from: start, to: end)
    }

    private mutating func goOn() {
        if messages == 0 || random.chance(Double(rows) / Double(messages)) && rows > 0 {
            decide()
        } else if isResolved {
            comeBack()
        } else if isEscalated && random.chance(0.3) {
            manage()
        } else {
            talk()
        }
    }

    /// A decision of the log, with its message as long as there are messages left.
    private mutating func decide() {
        let isLast = rows == 1 || messages <= 1
        switch random.below(100) {
        case 0..<(isLast ? 60 : 4) where !isResolved:
            tell(.resolved(owner, note: random.chance(0.5) ? Wording.resolutionNote : nil), isLogged: true)
        case 60..<72 where !isEscalated:
            let note = random.chance(0.7) ? random.pick(Wording.escalationNotes) : nil
            tell(.escalated(owner, note: note, label: random.chance(0.02) ? "escalated" : "escalation"), isLogged: true)
        case 72..<79:
            tell(.sentTemplate(owner, random.pick(ReplyTemplate.all)), isLogged: true)
        default:
            let approver = random.chance(0.03) ? random.pick(staff.managers) : owner
            tell(.approved(approver, Reply(to: contact, using: &random)), isLogged: true)
        }
    }

    private mutating func comeBack() {
        tell(random.chance(0.5) ? .reopened(owner) : .customer(random.pick(Wording.followUps)))
    }

    private mutating func manage() {
        let manager = random.pick(staff.managers)
        switch random.below(4) {
        case 0: tell(.selfAssigned(manager))
        case 1: tell(.assigned(manager, by: owner))
        case 2: tell(.reply(manager, random.pick(Wording.staffReplies)))
        default: tell(.note(manager, random.pick(Wording.notes)))
        }
    }

    private mutating func talk() {
        switch random.below(100) {
        case ..<55: tell(.customer(random.chance(0.08) ? nil : customerText()))
        case ..<78: tell(.reply(owner, random.pick(Wording.staffReplies)))
        case ..<90: tell(.note(owner, random.pick(Wording.notes)))
        case ..<93:
            tell(.failedReply(owner, random.pick(Wording.staffReplies), error: random.pick(Wording.sendErrors)))
        case ..<95: tell(.automation)
        case ..<97 where messages == 1: tell(.resolvedBySystem)
        default: tell(.customer(customerText()))
        }
    }

    private mutating func customerText() -> String {
        random.chance(0.03) ? "I want my $\(random.within(40...900)) refund now" : random.pick(Wording.followUps)
    }

    private mutating func tell(_ act: Event.Act, isLogged: Bool = false) {
        var event = Event(at: time, act: act, hasMessage: messages > 0)
        if isLogged {
            event.rows = rows > 1 && random.chance(0.02) ? 2 : 1
            rows -= event.rows
            if case .approved = act, random.chance(0.015) { event.scope = "build" }
        }
        if event.hasMessage { messages -= 1 }
        events.append(event)
        remember(act)
        time += pause()
    }

    private mutating func remember(_ act: Event.Act) {
        switch act {
        case .customer:
            isWaiting = true
            isResolved = false
        case .resolved, .resolvedBySystem: isResolved = true
        case .reopened: isResolved = false
        case .escalated: isEscalated = true
        case .approved, .sentTemplate, .reply: isWaiting = false
        case .note, .failedReply, .automation, .selfAssigned, .assigned: break
        }
    }

    /// Minutes for the most part; sometimes hours, and a weekend now and then.
    private mutating func pause() -> Int64 {
        let seconds =
            switch random.below(100) {
            case ..<(isWaiting ? 58 : 45): random.within(60...3000)
            case ..<88: random.within(3000...21_600)
            case ..<98: random.within(21_600...172_800)
            default: random.within(172_800...432_000)
            }
        return Int64(seconds)
    }

    private mutating func hurry(from start: Int64, to end: Int64) {
        guard let last = events.last?.at, last >= end else { return }
        let told = last - start + 1
        for index in events.indices {
            events[index].at = start + (events[index].at - start) * max(end - start, 0) / told
        }
    }
}
