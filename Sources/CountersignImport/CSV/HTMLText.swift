/// Text that a template engine has escaped as HTML, quotes included, though it is no HTML.
enum HTMLText {
    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        (Array("&quot;".utf8), UInt8(ascii: "\"")), (Array("&#39;".utf8), UInt8(ascii: "'")),
        (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")),
        (Array("&gt;".utf8), UInt8(ascii: ">")),
    ]

    /// Whether the whole of a table has been escaped: it has an entity and no quote of its own.
    static func isEscaped(_ text: [UInt8]) -> Bool {
        guard !text.contains(UInt8(ascii: "\"")) else { return false }
        return text.indices.contains { text[$0] == UInt8(ascii: "&") && entity(in: text, at: $0) != nil }
    }

    /// A whole table as it was meant.
    static func unescapedWhole(_ text: [UInt8]) -> [UInt8] { isEscaped(text) ? unescaped(text) : text }

    /// Undoes it once: `&amp;lt;` becomes `&lt;`.
    static func unescaped(_ text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            if text[at] == UInt8(ascii: "&"), let entity = entity(in: text, at: at) {
                plain.append(entity.byte)
                at += entity.name.count
            } else {
                plain.append(text[at])
                at += 1
            }
        }
        return plain
    }

    private static func entity(in text: [UInt8], at: Int) -> (name: [UInt8], byte: UInt8)? {
        entities.first { text[at...].starts(with: $0.name) }
    }
}
