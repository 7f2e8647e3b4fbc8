/// What differs between two KPI documents, figure by figure in their order, and why (`cli.md`, `diff`).
public struct KPIDocumentDiff: Hashable, Sendable {
    /// What each of the two speaks of, where it is not the same: week, moment, time zone, accounts.
    public let frame: [MoveEvidence]
    public let figures: [MovedFigure]
    /// What has changed between the two runs, each once; empty where no figure moved.
    public let reasons: [MoveReason]

    /// - Parameters:
    ///   - a: what the figures moved from, with what is known of its run.
    ///   - b: what they moved to.
    public init(from a: DocumentedRun, to b: DocumentedRun) {
        frame = Self.frame(a.kpis, b.kpis)
        var walk = FigureWalk()
        walk.documents(a.kpis, b.kpis)
        let reasons = walk.figures.isEmpty ? [] : MoveReason.all(from: a, to: b)
        let reads = SourceWords(a, b)
        figures = walk.figures.map { figure in
            var figure = figure
            figure.reasons = reasons.filter { $0.canMove(figure, reads) }.map(\.kind)
            return figure
        }
        self.reasons = reasons
    }

    private static func frame(_ a: Document, _ b: Document) -> [MoveEvidence] {
        func accounts(_ document: Document) -> Document {
            .array(document.member("accounts")?.items.compactMap { $0.member("account") } ?? [])
        }
        let pairs: [(String, Document?, Document?)] = [
            ("week", a["window.week"], b["window.week"]),
            ("weeks", a["window.weeks"], b["window.weeks"]),
            ("as_of", a.member("as_of"), b.member("as_of")),
            ("timezone", a.member("timezone"), b.member("timezone")),
            ("accounts", accounts(a), accounts(b)),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { MoveEvidence($0.0, from: $0.1?.plainText, to: $0.2?.plainText) }
    }
}

/// A figure that is not the same in both, or a row that only one of them has.
public struct MovedFigure: Hashable, Sendable {
    public enum State: String, Hashable, Sendable { case moved, appeared, gone }

    /// `nil` for figures of all accounts.
    public let account: String?
    /// `breach_trend.weeks.2026-W44.breaches`: rows of lists go by their key.
    public let name: String
    public let state: State
    public let from: Document?
    public let to: Document?
    /// `to − from`, exactly; `nil` unless both are numbers.
    public let change: Document?
    /// What can have moved it; none: unexplained.
    public internal(set) var reasons: [MoveReason.Kind] = []

    /// The first word of its name: `breach_trend`.
    var kpi: String { String(name.prefix { $0 != "." }) }

    /// Whether it could be measured in one of the two and not in the other.
    public var isMeasurability: Bool {
        state == .moved && (from?.isNotMeasurable ?? false) != (to?.isNotMeasurable ?? false)
    }
}

extension Document {
    /// `{"measurable": false, "reason": "…"}`.
    public var isNotMeasurable: Bool { member("measurable")?.bool == false }
}

/// Walks two documents side by side.
private struct FigureWalk {
    var figures: [MovedFigure] = []
    private var account: String?

    mutating func documents(_ a: Document, _ b: Document) {
        let (mine, theirs) = (Self.accounts(a), Self.accounts(b))
        for (name, entry) in mine {
            guard let other = theirs.first(where: { $0.name == name })?.entry else { continue }
            account = name
            members(entry, other, [], [], except: ["account"])
        }
        account = nil
        members(a, b, [], [], except: ["schema", "as_of", "timezone", "window", "accounts"])
    }

    private static func accounts(_ document: Document) -> [(name: String, entry: Document)] {
        (document.member("accounts")?.items ?? []).map { ($0.member("account")?.plainText ?? "", $0) }
    }

    private mutating func members(
        _ a: Document, _ b: Document, _ name: [String], _ pattern: [String], except: Set<String> = []
    ) {
        for key in Self.union(Self.keys(a), Self.keys(b)) where !except.contains(key) {
            values(a.member(key), b.member(key), name + [key], pattern + [key])
        }
    }

    private mutating func values(_ a: Document?, _ b: Document?, _ name: [String], _ pattern: [String]) {
        guard a != b else { return }
        switch (a, b) {
        case (let a?, let b?):
            switch (a, b) {
            case (.object, .object) where a.isNotMeasurable == b.isNotMeasurable: members(a, b, name, pattern)
            case (.array(let x), .array(let y)) where (x + y).allSatisfy(Self.isRow): rows(x, y, name, pattern)
            default: add(.moved, name, a, b)
            }
        case (nil, let b): add(.appeared, name, nil, b)
        case (let a, nil): add(.gone, name, a, nil)
        }
    }

    private mutating func rows(_ a: [Document], _ b: [Document], _ name: [String], _ pattern: [String]) {
        let (mine, theirs) = (ListKeys.names(of: a, at: pattern), ListKeys.names(of: b, at: pattern))
        let (old, new) = (Self.byName(mine, a), Self.byName(theirs, b))
        for row in Self.union(mine, theirs) { values(old[row], new[row], name + [row], pattern + ["*"]) }
    }

    private mutating func add(_ state: MovedFigure.State, _ name: [String], _ a: Document?, _ b: Document?) {
        let change = b.flatMap { b in a.flatMap { b.difference(from: $0) } }
        // Written with another number of digits, it has not moved.
        if case .int(0)? = change { return }
        if case .decimal(0, _)? = change { return }
        figures.append(
            MovedFigure(
                account: account, name: name.joined(separator: "."), state: state, from: a, to: b, change: change))
    }

    private static func byName(_ names: [String], _ rows: [Document]) -> [String: Document] {
        Dictionary(zip(names, rows)) { first, _ in first }
    }

    private static func isRow(_ document: Document) -> Bool {
        if case .object = document { true } else { false }
    }

    private static func keys(_ document: Document) -> [String] {
        guard case .object(let members) = document else { return [] }
        return members.map(\.key)
    }

    /// The first's order, then what only the second has.
    private static func union(_ a: [String], _ b: [String]) -> [String] {
        let known = Set(a)
        return a + b.filter { !known.contains($0) }
    }
}
