public import CountersignCore

/// An order to keep rows whatever their age (`audit.md` Legal hold). Rows that all of its limits fit are kept.
public struct LegalHold: Hashable, Sendable {
    /// What a hold is about. A limit that is `nil` does not limit; at least one is given.
    public struct Cover: Hashable, Sendable {
        /// The account's number in the store; rows of which no account is known (0) may be of it.
        public var account: Int64?
        /// Contact id in Chatwoot; negative for one without.
        public var customer: Int64?
        /// Number of the conversation in its account.
        public var conversation: Int64?
        public var decision: String?
        /// By a row's own time: this moment or later.
        public var from: Instant?
        /// Before this moment.
        public var to: Instant?

        public init(
            account: Int64? = nil, customer: Int64? = nil, conversation: Int64? = nil, decision: String? = nil,
            from: Instant? = nil, to: Instant? = nil
        ) {
            self.account = account
            self.customer = customer
            self.conversation = conversation
            self.decision = decision
            self.from = from
            self.to = to
        }

        public var isEmpty: Bool { self == Cover() }

        /// Only time limits it: it is about everything of a period.
        public var isPeriod: Bool {
            account == nil && customer == nil && conversation == nil && decision == nil && !isEmpty
        }

        /// Whether a row of a stretch of time may lie in `from` … `to`. Unknown ends lie anywhere.
        ///
        /// - Parameters:
        ///   - first: time of the first row.
        ///   - last: time of the last row, which belongs to the stretch.
        public func overlaps(first: Instant?, last: Instant?) -> Bool {
            if let from, let last, last < from { return false }
            if let to, let first, first >= to { return false }
            return true
        }

        /// The limits as the ledger has them: ids and times.
        public var members: [Document.Member] {
            [
                .init("account", .int(account)), .init("customer", .int(customer)),
                .init("conversation", .int(conversation)), .init("decision", decision.map { .string($0) } ?? .null),
                .init("from", .instant(from)), .init("to", .instant(to)),
            ]
        }
    }

    /// Someone who places or releases a hold.
    public struct Person: Hashable, Sendable {
        /// As given, an email usually: kept in the store.
        public var name: String
        /// Stands in the ledger.
        public var pseudonym: String

        public init(name: String, pseudonym: String) {
            self.name = name
            self.pseudonym = pseudonym
        }
    }

    public struct Release: Hashable, Sendable {
        public let at: Instant
        public let by: String
        public let reason: String
    }

    public enum State: String, Sendable {
        case active, released
        case runOut = "run_out"
    }

    public let id: Int64
    public let cover: Cover
    public let reason: String
    /// The name that was given.
    public let placedBy: String
    public let placedAt: Instant
    /// From this moment on it holds nothing; `nil` where only a release ends it.
    public let until: Instant?
    public let release: Release?

    public func state(at moment: Instant) -> State {
        if release != nil { return .released }
        guard let until, until <= moment else { return .active }
        return .runOut
    }

    /// Whether it keeps rows at a moment: it is not released, and has not run out.
    public func isActive(at moment: Instant) -> Bool { state(at: moment) == .active }

    /// When it ended, or will; `nil` where nothing says so.
    public var endsAt: Instant? { [release?.at, until].compactMap(\.self).min() }
}

extension Document {
    fileprivate static func int(_ value: Int64?) -> Document { value.map { .int(Int($0)) } ?? .null }
}

/// An account as the store has it.
public struct StoredAccount: Hashable, Sendable {
    public let id: Int64
    public let shop: String?
    /// Chatwoot's own number.
    public let chatwootAccount: Int64?

    /// What reports call it.
    public var name: String { shop ?? "chatwoot:\(chatwootAccount ?? id)" }
}
