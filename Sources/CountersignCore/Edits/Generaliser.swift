/// Makes of a reply's words what replies have in common: values become variables, the customer's name `{{name}}`.
struct Generaliser: Sendable {
    /// One or several tokens after generalisation; never holds a space.
    struct Unit: Hashable, Sendable {
        /// The tokens it was made of.
        var tokens: Range<Int>
        fileprivate var lead: String
        fileprivate var core: String
        fileprivate(set) var trail: String
        fileprivate var kind: ValueKind?

        /// With case and punctuation as they were written.
        var written: String { lead + core + trail }
        /// In lower case, without outer punctuation; empty for punctuation alone.
        var plain: String { TokenParts.stripped(written.lowercased()) }
    }

    let customer: CustomerWords

    init(customer: CustomerWords) { self.customer = customer }

    /// - Parameter tokens: of a normalised text; variables (`{{name}}`) stay as they are.
    func units(_ tokens: [String]) -> [Unit] {
        let reader = ValueReader(tokens: tokens.map { TokenParts($0) })
        var units: [Unit] = []
        var index = 0
        while index < tokens.count {
            let unit = unit(at: index, of: tokens, reader)
            index = unit.tokens.upperBound
            if let last = units.last, let joined = Self.joined(last, unit) {
                units[units.count - 1] = joined
            } else {
                units.append(unit)
            }
        }
        return units
    }

    /// One side of a pattern: lower case, without outer punctuation.
    static func plain(_ units: some Collection<Unit>) -> String { TokenParts.stripped(written(units).lowercased()) }

    /// One side of a pattern with case and punctuation.
    static func written(_ units: some Collection<Unit>) -> String { units.map(\.written).joined(separator: " ") }

    /// The kind of value that tokens are, and nothing beside it.
    static func kind(of tokens: [String]) -> ValueKind? {
        guard !tokens.contains(where: { $0.contains("{{") }) else { return nil }
        let units = Generaliser(customer: .none).units(tokens)
        guard units.count == 1, let unit = units.first, unit.lead.isEmpty, unit.trail.isEmpty else { return nil }
        return unit.kind
    }

    private func unit(at index: Int, of tokens: [String], _ reader: ValueReader) -> Unit {
        let parts = reader.tokens[index]
        // A variable of ours stays; braces around anything else protect nothing.
        if ValueKind.placeholders.contains(parts.core) { return Self.variable(tokens[index], at: index) }
        guard let (kind, count) = reader.value(at: index) else {
            return Self.variable(customer.replacing(in: tokens[index]), at: index)
        }
        let last = reader.tokens[index + count - 1]
        var trail = last.trail
        // The last point of “p.m.” is the value's.
        if kind == .time, last.lower.hasSuffix(".m"), trail.first == "." { trail.removeFirst() }
        if kind == .number, parts.lower.hasSuffix("%") { trail = "%" + trail }
        return Unit(
            tokens: index..<index + count, lead: parts.lead, core: kind.placeholder, trail: trail, kind: kind)
    }

    /// A token that may be a variable between punctuation.
    private static func variable(_ token: String, at index: Int) -> Unit {
        let parts = TokenParts(token)
        let name = parts.core.hasPrefix("{{") && parts.core.hasSuffix("}}") ? parts.core.dropFirst(2).dropLast(2) : ""
        return Unit(
            tokens: index..<index + 1, lead: parts.lead, core: parts.core, trail: parts.trail,
            kind: ValueKind(rawValue: String(name)))
    }

    /// Two words of one name, parts of one date (“Friday, June 5”) or groups of one number are one variable.
    private static func joined(_ a: Unit, _ b: Unit) -> Unit? {
        guard let kind = a.kind, kind == b.kind, b.lead.isEmpty else { return nil }
        switch kind {
        case .name, .number: guard a.trail.isEmpty else { return nil }
        case .date: guard a.trail.isEmpty || a.trail == "," else { return nil }
        default: return nil
        }
        var joined = a
        joined.tokens = a.tokens.lowerBound..<b.tokens.upperBound
        joined.trail = b.trail
        return joined
    }
}
