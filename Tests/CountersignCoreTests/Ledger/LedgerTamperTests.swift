import CountersignCore
import Testing

/// Whatever is done to a small ledger is found: by the chain, or, at its end, by a head that was noted elsewhere.
@Suite struct LedgerTamperTests {
    private static let entries: [LedgerEntry] = {
        var head = LedgerHead.none
        let bodies: [(LedgerKind, Document)] = [
            (.runStarted, .object([.init("command", .string("run")), .init("as_of", .instant(.start))])),
            (.ingestFile, .object([.init("file", .string("exports/año “1”.json")), .init("read", .int(160))])),
            (.retentionPurged, .object([.init("policy", .object([.init("days", .int(90))])), .init("left", .int(0))])),
            (.reportWritten, .object([.init("files", .array([.object([.init("sha256", .string("ab"))])]))])),
            (.runFinished, .object([.init("status", .int(0))])),
        ]
        return bodies.enumerated().map { index, entry in
            let made = LedgerEntry(
                after: head, at: .after(minutes: Int64(index)), kind: entry.0,
                author: LedgerAuthor(run: "0e6f", actor: "op-1a2b3c"), body: entry.1)
            head = made.head
            return made
        }
    }()

    private static var head: LedgerHead { entries[entries.count - 1].head }

    /// Where the chain breaks, or `nil` where it holds and ends at the known head.
    private func fault(_ entries: some Sequence<LedgerEntry>) -> Int? {
        var chain = LedgerChain()
        do {
            for entry in entries { try chain.follow(entry) }
        } catch {
            return error.seq
        }
        return chain.head == Self.head ? nil : chain.head.seq
    }

    /// The same of the one entry at a place, all before it being as they were.
    private func fault(from index: Int, _ entries: [LedgerEntry]) -> Int? {
        var chain = LedgerChain(after: index == 0 ? .none : Self.entries[index - 1].head)
        do {
            try chain.follow(entries[index])
            return nil
        } catch {
            return error.seq
        }
    }

    @Test func `a ledger that nobody touched holds`() { #expect(fault(Self.entries) == nil) }

    private static var columns: [(name: String, path: WritableKeyPath<LedgerEntry, String>)] {
        [
            ("at", \.at), ("kind", \.kind), ("run", \.run), ("actor", \.actor), ("body", \.body), ("prev", \.prev),
            ("hash", \.hash),
        ]
    }

    @Test func `every byte of every column of every entry, changed, is found at its entry`() {
        var missed: [String] = []
        var tried = 0
        for (index, entry) in Self.entries.enumerated() {
            for (name, path) in Self.columns {
                for (place, byte) in entry[keyPath: path].utf8.enumerated() {
                    for bit in [0, 5, 7] {
                        var bytes = Array(entry[keyPath: path].utf8)
                        bytes[place] = byte ^ (1 << bit)
                        var changed = Self.entries
                        // As the store reads a column that is no text any more.
                        changed[index][keyPath: path] = String(validating: bytes, as: UTF8.self) ?? "\u{FFFD}"
                        tried += 1
                        if fault(from: index, changed) != entry.seq {
                            missed.append("\(entry.seq) \(name) \(place) \(bit)")
                        }
                    }
                }
            }
        }
        #expect(missed.isEmpty, "\(missed.prefix(5))")
        #expect(tried > 3000)
    }

    @Test func `every byte that is added to a column or taken from it is found`() {
        for (index, entry) in Self.entries.enumerated() {
            for (name, path) in Self.columns {
                for place in 0...entry[keyPath: path].utf8.count {
                    var changed = Self.entries
                    var bytes = Array(entry[keyPath: path].utf8)
                    bytes.insert(0x20, at: place)
                    changed[index][keyPath: path] = String(validating: bytes, as: UTF8.self) ?? "\u{FFFD}"
                    #expect(fault(from: index, changed) == entry.seq, "\(name)")
                    guard place < bytes.count - 1 else { continue }
                    bytes.remove(at: place)
                    bytes.remove(at: place)
                    changed[index][keyPath: path] = String(validating: bytes, as: UTF8.self) ?? "\u{FFFD}"
                    #expect(fault(from: index, changed) == entry.seq, "\(name)")
                }
            }
        }
    }

    @Test func `every other number of an entry is found`() {
        for (index, entry) in Self.entries.enumerated() {
            for number in [Int.min, -1] + Array(0...9) + [Int.max] where number != entry.seq {
                var changed = Self.entries
                changed[index].seq = number
                #expect(fault(changed) != nil)
            }
        }
    }

    @Test func `every removal, copy and swap is found`() {
        let count = Self.entries.count
        for place in 0..<count {
            var removed = Self.entries
            removed.remove(at: place)
            // The last leaves a chain that holds, and another head.
            #expect(fault(removed) == (place == count - 1 ? count - 1 : place + 1))
            for other in 0..<count {
                var copied = Self.entries
                copied.insert(Self.entries[other], at: place)
                #expect(fault(copied) != nil)
                var swapped = Self.entries
                swapped.swapAt(place, other)
                #expect((fault(swapped) == nil) == (place == other))
            }
            #expect(fault(Self.entries + [Self.entries[place]]) != nil)
        }
    }

    @Test func `every cut is found against the head, and none without`() {
        for length in 0..<Self.entries.count {
            #expect(fault(Self.entries.prefix(length)) != nil)
            var chain = LedgerChain()
            #expect(throws: Never.self) { for entry in Self.entries.prefix(length) { try chain.follow(entry) } }
        }
    }

    @Test func `a chain that is made anew after a change has another head from there on`() {
        for place in Self.entries.indices {
            var changed = Self.entries
            changed[place].actor = "op-ffffff"
            for index in place..<changed.count {
                if index > place { changed[index].prev = changed[index - 1].hash }
                changed[index].hash = changed[index].computedHash
                #expect(changed[index].hash != Self.entries[index].hash)
            }
            #expect(fault(changed) == Self.entries.count)
        }
    }

    @Test func `an entry is the line that was hashed`() throws {
        for entry in Self.entries {
            let line = entry.line
            let member = "\"hash\":\"\(entry.hash)\","
            let range = try #require(line.firstRange(of: member))
            #expect(
                Digest256.hexadecimal(of: (line[..<range.lowerBound] + line[range.upperBound...]).utf8) == entry.hash)
            #expect(try Document(json: Array(line.utf8)).canonical() == line)
        }
    }

    @Test func `an entry before the one before it is found, though its hash fits`() {
        let first = Self.entries[0]
        let early = LedgerEntry(
            after: first.head, at: .after(minutes: -1), kind: .runFinished,
            author: LedgerAuthor(run: "0e6f", actor: "op-1a2b3c"), body: .object([]))
        #expect(fault([first, early]) == 2)
    }
}
