internal import CountersignCore

/// A 64-bit hash of a record's content, the same in every run: tells a changed record from an equal one.
struct ContentHash {
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// FxHash's step on whole words, with a final avalanche (murmur3's finaliser).
    var value: Int64 {
        var hash = state
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return Int64(bitPattern: hash ^ (hash >> 33))
    }

    mutating func combine(_ word: UInt64) {
        state = ((state << 5 | state >> 59) ^ word) &* 0x517c_c1b7_2722_0a95
    }

    mutating func combine(_ value: Int64) { combine(UInt64(bitPattern: value)) }
    mutating func combine(_ value: Int) { combine(UInt64(bitPattern: Int64(value))) }
    mutating func combine(_ value: Bool) { combine(value ? 1 : 2 as UInt64) }
    mutating func combine(_ value: Instant) { combine(value.microseconds) }

    mutating func combine(_ value: Int64?) {
        combine(value == nil)
        combine(value ?? 0)
    }

    mutating func combine(_ value: Int?) { combine(value.map(Int64.init)) }
    mutating func combine(_ value: Instant?) { combine(value?.microseconds) }

    mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            let bytes = UnsafeRawBufferPointer(utf8)
            var offset = 0
            while offset + 8 <= bytes.count {
                combine(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            var rest: UInt64 = 0
            for byte in bytes[offset...] { rest = rest << 8 | UInt64(byte) }
            combine(rest)
            combine(bytes.count)
        }
    }

    mutating func combine(_ text: String?) {
        combine(text == nil)
        combine(text ?? "")
    }
}

extension Decision {
    /// A row with a payload has the larger hash, so that it stays where its mirror has the same number
    /// (kpis.md §0 Twin rows).
    var contentHash: Int64 {
        var hash = ContentHash()
        hash.combine(scope)
        hash.combine(actor)
        hash.combine(action)
        hash.combine(shop)
        hash.combine(conversation)
        hash.combine(hasPayload)
        hash.combine(reply)
        hash.combine(suggestion)
        hash.combine(template)
        hash.combine(note)
        hash.combine(isSuggestionUsed ?? false)
        hash.combine(grades.tone)
        hash.combine(grades.accuracy)
        hash.combine(grades.policy)
        return hasPayload ? hash.value & .max : hash.value | .min
    }
}

extension SyncAttempt {
    /// An older export has no scope, which counts as `ops`: a row that tells another one has the larger hash.
    var contentHash: Int64 {
        var hash = ContentHash()
        hash.combine(scope)
        hash.combine(outcome.rawValue)
        hash.combine(durationHundredths)
        hash.combine(errorCode)
        return scope == "ops" ? hash.value | .min : hash.value & .max
    }
}
