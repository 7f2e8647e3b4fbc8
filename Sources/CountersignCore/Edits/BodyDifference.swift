/// A template's body beside another, word by word, white space included: what both have, what goes, what comes.
public struct BodyDifference: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case same, delete, insert
    }

    /// A stretch of one kind; never empty, and never beside another of its kind.
    public struct Part: Hashable, Sendable {
        public let kind: Kind
        public fileprivate(set) var text: String
    }

    /// In order, a deletion before the insertion in its place. What is the same or deleted gives the first body, what is
    /// the same or inserted the second one, to the last space.
    public private(set) var parts: [Part] = []
    private var deleted = ""
    private var inserted = ""

    public init(from today: String, to proposal: String) {
        let (old, oldEnd) = TemplateBody.tokens(of: today)
        let (new, newEnd) = TemplateBody.tokens(of: proposal)
        let alignment = TokenAlignment(old.map(\.text), new.map(\.text))
        var (i, j) = (0, 0)
        for run in alignment.runs {
            pair(old[i..<run.deleted.lowerBound], new[j..<run.inserted.lowerBound])
            change(old[run.deleted], new[run.inserted])
            (i, j) = (run.deleted.upperBound, run.inserted.upperBound)
        }
        pair(old[i...], new[j...])
        addSpace(oldEnd, newEnd)
        flush()
    }

    /// Words that both have; the white space before them may differ.
    private mutating func pair(_ old: ArraySlice<TemplateBody.Token>, _ new: ArraySlice<TemplateBody.Token>) {
        for (a, b) in zip(old, new) {
            addSpace(a.space, b.space)
            add(.same, a.text)
        }
    }

    private mutating func change(_ old: ArraySlice<TemplateBody.Token>, _ new: ArraySlice<TemplateBody.Token>) {
        var old = old.map { $0.space + $0.text }.joined()
        var new = new.map { $0.space + $0.text }.joined()
        // The space before both stays.
        let shared = zip(old.unicodeScalars, new.unicodeScalars).prefix { $0 == $1 && $0.properties.isWhitespace }
        let space = String(String.UnicodeScalarView(shared.map(\.0)))
        if !space.isEmpty {
            add(.same, space)
            old.unicodeScalars.removeFirst(space.unicodeScalars.count)
            new.unicodeScalars.removeFirst(space.unicodeScalars.count)
        }
        deleted += old
        inserted += new
    }

    private mutating func addSpace(_ old: String, _ new: String) {
        if old.unicodeScalars.elementsEqual(new.unicodeScalars) {
            add(.same, old)
        } else {
            deleted += old
            inserted += new
        }
    }

    private mutating func add(_ kind: Kind, _ text: String) {
        guard !text.isEmpty else { return }
        if kind == .same { flush() }
        if let last = parts.indices.last, parts[last].kind == kind {
            parts[last].text += text
        } else {
            parts.append(Part(kind: kind, text: text))
        }
    }

    private mutating func flush() {
        let (old, new) = (deleted, inserted)
        (deleted, inserted) = ("", "")
        add(.delete, old)
        add(.insert, new)
    }

    /// `[{"kind": "same", "text": "…"}]`
    var document: Document {
        .array(
            parts.map { .object([.init("kind", .string($0.kind.rawValue)), .init("text", .string($0.text))]) })
    }
}
