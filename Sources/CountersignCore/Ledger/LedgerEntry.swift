/// What is written into the ledger (`audit.md` Ledger).
public enum LedgerKind: String, CaseIterable, Sendable {
    case runStarted = "run.started"
    case runFinished = "run.finished"
    case ingestFile = "ingest.file"
    case retentionPurged = "retention.purged"
    case retentionErased = "retention.erased"
    case retentionPlanned = "retention.planned"
    case holdAdded = "hold.added"
    case holdReleased = "hold.released"
    case customerErased = "customer.erased"
    case reportWritten = "report.written"
    case configChanged = "config.changed"
    case auditVerified = "audit.verified"
}

/// Which run writes an entry, and who started it.
public struct LedgerAuthor: Hashable, Sendable {
    /// One UUID for all that one process does.
    public var run: String
    /// A pseudonym.
    public var actor: String

    public init(run: String, actor: String) {
        self.run = run
        self.actor = actor
    }
}

/// The end of a chain: noted elsewhere, it shows whether the end was cut off later.
public struct LedgerHead: Hashable, Sendable {
    public var seq: Int
    public var hash: String

    public init(seq: Int, hash: String) {
        self.seq = seq
        self.hash = hash
    }

    /// Of a ledger without entries.
    public static let none = LedgerHead(seq: 0, hash: String(repeating: "0", count: 64))
}

/// One entry of the ledger. Texts are kept as they were written, so that whatever is changed in one changes its hash.
public struct LedgerEntry: Hashable, Sendable {
    public var seq: Int
    /// ISO 8601 in UTC with milliseconds; never before that of the entry before.
    public var at: String
    public var kind: String
    public var run: String
    public var actor: String
    /// Canonical JSON.
    public var body: String
    /// The hash of the entry before; 64 zeros for the first.
    public var prev: String
    public var hash: String

    public init(
        seq: Int, at: String, kind: String, run: String, actor: String, body: String, prev: String, hash: String
    ) {
        self.seq = seq
        self.at = at
        self.kind = kind
        self.run = run
        self.actor = actor
        self.body = body
        self.prev = prev
        self.hash = hash
    }

    /// The entry that comes after a head.
    ///
    /// - Parameters:
    ///   - at: no earlier than the entry before.
    ///   - body: no personal data: customers as ids, people by pseudonym.
    public init(after head: LedgerHead, at: Instant, kind: LedgerKind, author: LedgerAuthor, body: Document) {
        self.init(
            seq: head.seq + 1, at: at.iso8601, kind: kind.rawValue, run: author.run, actor: author.actor,
            body: body.canonical(), prev: head.hash, hash: "")
        hash = computedHash
    }

    public var head: LedgerHead { LedgerHead(seq: seq, hash: hash) }

    /// SHA-256 of the entry without `hash`, as canonical JSON.
    public var computedHash: String { Digest256.hexadecimal(of: canonical(with: nil).utf8) }

    /// The entry as one line of canonical JSON, without a newline.
    public var line: String { canonical(with: hash) }

    /// The body goes in as it stands: it is canonical, or the hash is wrong.
    private func canonical(with hash: String?) -> String {
        var text = "{"
        func add(_ key: String, _ value: String) {
            if text.utf8.count > 1 { text += "," }
            text += "\"\(key)\":\(value)"
        }
        func quoted(_ value: String) -> String {
            var text = ""
            CanonicalJSON.write(value, to: &text)
            return text
        }
        add("actor", quoted(actor))
        add("at", quoted(at))
        add("body", body)
        if let hash { add("hash", quoted(hash)) }
        add("kind", quoted(kind))
        add("prev", quoted(prev))
        add("run", quoted(run))
        add("seq", String(seq))
        return text + "}"
    }
}

/// Follows a chain entry by entry.
public struct LedgerChain: Sendable {
    /// The first entry that is not what it should be, and what differs.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let seq: Int
        public let reason: String

        public init(seq: Int, reason: String) {
            self.seq = seq
            self.reason = reason
        }

        public var description: String { "entry \(seq): \(reason)" }
    }

    public private(set) var head: LedgerHead
    private var lastAt = ""

    /// - Parameter head: what the first entry follows.
    public init(after head: LedgerHead = .none) { self.head = head }

    /// Takes the next entry.
    public mutating func follow(_ entry: LedgerEntry) throws(Fault) {
        let expected = head.seq + 1
        guard entry.seq == expected else {
            throw Fault(seq: expected, reason: "it is missing: the next entry has the number \(entry.seq)")
        }
        guard entry.prev == head.hash else {
            throw Fault(seq: entry.seq, reason: "“prev” is \(entry.prev), the entry before has \(head.hash)")
        }
        let computed = entry.computedHash
        guard entry.hash == computed else {
            throw Fault(seq: entry.seq, reason: "its hash is \(entry.hash), its content gives \(computed)")
        }
        guard entry.at >= lastAt else {
            throw Fault(seq: entry.seq, reason: "it is of \(entry.at), before the entry before it, \(lastAt)")
        }
        head = entry.head
        lastAt = entry.at
    }
}
