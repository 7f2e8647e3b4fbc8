internal import CountersignCore
internal import CountersignStore

/// The legal holds of the store against the entries by which they were placed and released (`audit.md` Legal hold): a hold
/// that was taken away, added or altered without one may have lost the rows that it kept.
struct HoldCheck {
    /// What differs, a sentence each; none where all is well.
    let findings: [String]
    let count: Int

    init(_ source: any LedgerSource) throws {
        let added = try Self.entries(source, .holdAdded)
        let released = try Self.entries(source, .holdReleased)
        let holds = Dictionary(uniqueKeysWithValues: try source.holds().map { (Int($0.id), $0) })
        var findings: [String] = []
        for (id, entries) in added.sorted(by: { $0.key < $1.key }) {
            if entries.count > 1 {
                findings.append("hold \(id) was placed by entry \(entries[0].seq) and again by entry \(entries[1].seq)")
            }
            guard let hold = holds[id] else {
                findings.append("hold \(id) of entry \(entries[0].seq) is not in the store")
                continue
            }
            for entry in entries.suffix(1) {
                findings += Self.differences(hold, entry, reason: hold.reason)
            }
        }
        for (id, hold) in holds.sorted(by: { $0.key < $1.key }) {
            if added[id] == nil { findings.append("hold \(id) of the store has no entry by which it was placed") }
            switch (hold.release, released[id]?.last) {
            case (let release?, let entry?): findings += Self.differences(hold, entry, reason: release.reason)
            case (nil, let entry?): findings.append("hold \(id) is in force, and entry \(entry.seq) released it")
            case (.some, nil): findings.append("hold \(id) is released, and no entry says so")
            case (nil, nil): break
            }
        }
        self.findings = findings
        count = holds.count
    }

    private struct Entry {
        let seq: Int
        let body: Document
    }

    private static func entries(_ source: any LedgerSource, _ kind: LedgerKind) throws -> [Int: [Entry]] {
        var entries: [Int: [Entry]] = [:]
        try source.ledger(kind) { entry in
            // One that is none is told of by the chain.
            guard let body = try? Document(json: Array(entry.body.utf8)), let id = body["hold"]?.number else { return }
            entries[Int(id), default: []].append(Entry(seq: entry.seq, body: body))
        }
        return entries
    }

    /// Who it was by stands in the ledger as a pseudonym, in the store by name.
    private static func differences(_ hold: LegalHold, _ entry: Entry, reason: String) -> [String] {
        let now = hold.cover.members + [.init("until", .instant(hold.until)), .init("reason", .string(reason))]
        let differing = now.filter { member in
            let then = entry.body[member.key]
            // A shop's holds follow it to its account in Chatwoot.
            if member.key == "account", let number = then?.number, number <= 0 { return false }
            return (then ?? .null).json() != member.value.json()
        }
        return differing.isEmpty
            ? []
            : ["hold \(hold.id) has another \(differing.map(\.key).joined(separator: ", ")) than entry \(entry.seq)"]
    }

    var line: CheckLine {
        guard findings.isEmpty else {
            return .fail(
                "holds", findings.joined(separator: "; "),
                fix: "find out who changed the store; put a backup back, or place and release holds by retention hold",
                .inputRejected)
        }
        let entries = Age.plural(count, "legal hold")
        return .ok("holds", count == 0 ? "there is none, and no entry of one" : "\(entries) as the entries have them")
    }
}
