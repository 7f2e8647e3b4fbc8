public import CountersignCore

/// Stand-ins for people, and where in a document a person stands.
public struct Pseudonyms: Sendable {
    static let personKeys: Set<String> = [
        "operator", "by", "ack_by", "escalated_by", "acknowledged_by", "response_by", "resolved_by",
    ]

    private let names: [String: String]

    /// - Parameter names: whoever is not among them goes by the own name.
    public init(_ names: [String: String] = [:]) { self.names = names }

    /// A document in which people go by pseudonym. What names nobody is shared with the old one, not copied.
    public func replacing(_ document: Document) -> Document { replaced(document) ?? document }

    /// - Returns: `nil` where nothing is to be replaced.
    private func replaced(_ document: Document) -> Document? {
        switch document {
        case .array(let items): changed(items, replaced).map { .array($0) }
        case .object(let members):
            changed(members) { member in
                if Self.personKeys.contains(member.key), let name = member.value.string {
                    return names[name].map { .init(member.key, .string($0)) }
                }
                return replaced(member.value).map { .init(member.key, $0) }
            }.map { .object($0) }
        default: nil
        }
    }

    /// The items with those that change; `nil` where none does.
    private func changed<Item>(_ items: [Item], _ change: (Item) -> Item?) -> [Item]? {
        var copy: [Item]?
        for (index, item) in items.enumerated() {
            guard let new = change(item) else { continue }
            if copy == nil { copy = items }
            copy?[index] = new
        }
        return copy
    }
}
