/// Which of the open brackets are braces, to a depth of 64; below that only the depth is known.
struct Nesting {
    private(set) var depth = 0
    private var braces: UInt64 = 0

    var isInObject: Bool { depth > 0 && depth <= 64 && braces & (1 << (depth - 1)) != 0 }

    mutating func open(brace: Bool) {
        depth += 1
        guard depth <= 64 else { return }
        let bit: UInt64 = 1 << (depth - 1)
        braces = brace ? braces | bit : braces & ~bit
    }

    mutating func close() { depth -= 1 }

    /// Whether JSON lets a bracket open behind this byte (the last that was no white space).
    func mayOpen(after last: UInt8) -> Bool {
        switch last {
        case UInt8(ascii: ":"), UInt8(ascii: "["): true
        case UInt8(ascii: ","): !isInObject
        default: false
        }
    }
}
