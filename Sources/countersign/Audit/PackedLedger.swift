internal import CountersignCore
internal import CountersignStore

/// The entries of a period, and what they and those before say of purges and holds.
struct PackedLedger {
    private(set) var lines: [String] = []
    /// What purges and erasures of the period left as proof.
    private(set) var receipts: [Document] = []
    /// Every hold that was placed up to the period's end, and every release.
    private(set) var holds: [Document] = []
    private var before = LedgerHead.none
    private var head: LedgerHead?

    init(_ source: any LedgerSource, period: AuditPeriod) throws { try source.ledger(nil) { follow($0, period) } }

    private mutating func follow(_ entry: LedgerEntry, _ period: AuditPeriod) {
        let isInside = period.contains(entry)
        if isInside {
            lines.append(entry.line)
            head = entry.head
        } else if head == nil, period.isBefore(entry) {
            before = entry.head
        }
        guard isInside || head == nil, let kind = LedgerKind(rawValue: entry.kind) else { return }
        switch kind {
        case .retentionPurged, .retentionErased, .customerErased:
            if isInside { receipts.append(Self.document(entry)) }
        case .holdAdded, .holdReleased:
            if isInside || period.isBefore(entry) { holds.append(Self.document(entry)) }
        default:
            break
        }
    }

    private static func document(_ entry: LedgerEntry) -> Document {
        .object([
            .init("entry", .int(entry.seq)), .init("at", .string(entry.at)), .init("kind", .string(entry.kind)),
            .init("body", (try? Document(json: Array(entry.body.utf8))) ?? .null),
        ])
    }

    /// Between which hashes the entries lie, and where the whole chain ends.
    func document(of chain: LedgerState) -> Document {
        .object([
            .init("first", .int(before.seq + 1)), .init("prev", .string(before.hash)),
            .init("entries", .int(lines.count)), .init("head", .string((head ?? before).hash)),
            .init("chain_entries", .int(chain.entries)), .init("chain_head", .string(chain.head.hash)),
        ])
    }
}
