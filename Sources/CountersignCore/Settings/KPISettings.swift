/// What the configuration says about figures; defaults as in `cli.md` and `kpis.md`.
public struct KPISettings: Hashable, Sendable {
    /// Which moment an SLA runs from, and what stops it (kpis.md §2).
    public enum SLAClock: String, Hashable, Sendable, CaseIterable {
        case created
        case firstReply = "first_reply"
        case waiting
    }

    public var timeZone = "UTC" {
        didSet { openingTimes = openingTimes.map { OpeningTimes($0.hours, timeZone: timeZone) } }
    }
    public var accounts: [AccountMapping] = []
    /// Emails, user ids or exact names.
    public var managers: [String] = []
    public var scopes: [String] = ["ops"]
    /// Shops and actors that are samples; `*` stands for any text.
    public var exclude: [String] = ["mock-shop*", "test-shop*", "dev-shop*", "staging-demo*", "__aggregate__"]
    /// Further names of actions.
    public var actions: [String: ActionKind] = [:]
    public var slaMinutes = 60
    public var slaClock = SLAClock.created
    /// `sla.business_hours` in `timeZone`; `nil` is 24/7. Kept ready, since facts ask for deadlines by the million.
    public private(set) var openingTimes: OpeningTimes?
    public var managerAckMinutes = 120
    public var managerUpdateHours = 24
    public var customerAckHours = 24
    /// A share: breaches that grow by more than this raise an alert.
    public var breachWeekOverWeek = 0.20
    /// In hundredths of the account's currency.
    public var refundLimitHundredths: Int64 = 50_000
    /// Labels with which a conversation is not to be resolved (SOP-CX-004).
    public var blockingLabels = ["refund_pending", "return_in_progress", "follow_up"]
    /// A share of failed sends or syncs: more than this raises an alert.
    public var failureRate = 0.05
    /// Milliseconds: syncs that stay slower than this raise an alert.
    public var slowMilliseconds = 1000
    /// How severe an escalation is by its reason, where neither a label nor a priority says it.
    public var severityRules: [Escalation.Reason: Escalation.Severity] = [
        .refundOverLimit: .high, .riskWord: .high, .breachOverTwoHours: .high,
    ]
    public var defaultSeverity = Escalation.Severity.medium
    /// Patterns of edits that fewer decisions share are not listed.
    public var editMinimumSupport = 2
    public var featureRules = FeatureRules()

    public init() {}

    /// When SLA minutes count; `nil` is 24/7.
    public var businessHours: BusinessHours? {
        get { openingTimes?.hours }
        set { openingTimes = newValue.map { OpeningTimes($0, timeZone: timeZone) } }
    }

    /// The moment by which `seconds` of an SLA have passed since `start`: of opening time where business hours are set
    /// (`OpeningTimes.deadline`), else of time. Every SLA minute of kpis.md is counted by this function.
    public func deadline(after start: Instant, seconds: Int64) -> Instant {
        guard let openingTimes else { return start.adding(seconds: seconds) }
        return openingTimes.deadline(after: start, microseconds: seconds * 1_000_000)
    }

    /// The breach that an SLA which starts at `start` leads to (kpis.md §2).
    public func breach(after start: Instant) -> Instant { deadline(after: start, seconds: Int64(slaMinutes) * 60) }

    /// The breach age of kpis.md §2 and runbook SOP-CX-001: a breach is over 2 h from after this moment on.
    public func overTwoHours(after breach: Instant) -> Instant { deadline(after: breach, seconds: 7200) }

    /// When a manager's acknowledgement of an escalation is due (kpis.md §6).
    public func acknowledgementDue(after start: Instant) -> Instant {
        deadline(after: start, seconds: Int64(managerAckMinutes) * 60)
    }

    /// When a manager's update on an escalation is due (kpis.md §6).
    public func updateDue(after start: Instant) -> Instant {
        deadline(after: start, seconds: Int64(managerUpdateHours) * 3600)
    }
}

/// A shop and the Chatwoot account in which its customers write.
public struct AccountMapping: Hashable, Sendable {
    public let shop: String?
    public let chatwootAccount: Int64?
    /// `https://chat.example/app/accounts/1`: where a conversation's link leads.
    public let chatwootURL: String?
    public let currency: String?

    public init(shop: String?, chatwootAccount: Int64?, chatwootURL: String?, currency: String?) {
        self.shop = shop
        self.chatwootAccount = chatwootAccount
        self.chatwootURL = chatwootURL
        self.currency = currency
    }
}

/// What an action's name means (kpis.md §0 Actions).
public enum ActionKind: Int, Hashable, Sendable, CaseIterable {
    /// Kept, counted and listed, and no more.
    case unknown = 0
    /// `chatwoot.approve_send`
    case approveSend = 1
    /// `chatwoot.reply.<templateId>`
    case templateReply = 2
    /// `chatwoot.escalate`
    case escalate = 3
    /// `chatwoot.mark_resolved`
    case resolve = 4

    private static let templateReplyPrefix = "chatwoot.reply."

    public init(action: String, further: [String: ActionKind] = [:]) {
        self =
            switch action {
            case "chatwoot.approve_send": .approveSend
            case "chatwoot.escalate": .escalate
            case "chatwoot.mark_resolved": .resolve
            case _ where action.hasPrefix(Self.templateReplyPrefix): .templateReply
            default: further[action] ?? .unknown
            }
    }

    /// A reply to the customer that an operator approved.
    public var isReply: Bool { self == .approveSend || self == .templateReply }

    /// The template that the action itself names.
    public static func template(ofAction action: String) -> String? {
        guard action.hasPrefix(templateReplyPrefix) else { return nil }
        let id = action.dropFirst(templateReplyPrefix.count)
        return id.isEmpty ? nil : String(id)
    }
}

/// A pattern of `exclude:`; `*` stands for any text, everything else for itself, letter case aside.
public struct NamePattern: Hashable, Sendable {
    private let parts: [String]

    public init(_ pattern: String) {
        parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    public func matches(_ name: String) -> Bool {
        let name = name.lowercased()
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return name == parts.first }
        guard name.hasPrefix(first) else { return false }
        var rest = name.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
