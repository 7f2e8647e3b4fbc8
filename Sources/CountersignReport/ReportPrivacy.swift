public import CountersignCore

/// Who may be named in a report (`audit.md` Privacy).
public struct ReportPrivacy: Sendable {
    private let key: PrivacyKey
    let hasOperatorEmails: Bool
    let hasCustomerNames: Bool

    /// - Parameters:
    ///   - hasOperatorEmails: `privacy.operator_emails: all`.
    ///   - hasCustomerNames: `privacy.customer_names: true`.
    public init(key: PrivacyKey, hasOperatorEmails: Bool, hasCustomerNames: Bool) {
        self.key = key
        self.hasOperatorEmails = hasOperatorEmails
        self.hasCustomerNames = hasCustomerNames
    }

    /// A stable stand-in for an operator: `op-3f9a2c`. Longer where two of the people at hand would share one.
    public func pseudonyms(for names: Set<String>) -> [String: String] {
        let hashes = names.map { name in
            (name, name.lowercased(), key.hash(.pseudonym, name.lowercased().utf8).bytes)
        }
        let people = Dictionary(hashes.map { ($0.1, $0.2) }) { first, _ in first }
        var length = 3
        while length < 16, Set(people.values.map { $0.prefix(length) }).count < people.count { length += 1 }
        return Dictionary(
            hashes.map { ($0.0, "op-" + $0.2.prefix(length).map(Self.hex).joined()) },
            uniquingKeysWith: { first, _ in first })
    }

    /// A KPI document in which people go by pseudonym: `privacy.operator_emails: none`.
    public func pseudonymised(_ document: Document) -> Document {
        let names = pseudonyms(for: people(in: document))
        return replacing(document, names)
    }

    /// Whom each stand-in of a document stands for.
    public func people(byPseudonymIn document: Document) -> [String: String] {
        Dictionary(pseudonyms(for: people(in: document)).map { ($0.value, $0.key) }) { first, _ in first }
    }

    private static let personKeys: Set<String> = [
        "operator", "by", "ack_by", "escalated_by", "acknowledged_by", "response_by", "resolved_by",
    ]

    /// Everyone whom a document names.
    func people(in document: Document) -> Set<String> {
        switch document {
        case .array(let items): items.reduce(into: []) { $0.formUnion(people(in: $1)) }
        case .object(let members):
            members.reduce(into: []) { names, member in
                if Self.personKeys.contains(member.key), let name = member.value.string {
                    names.insert(name)
                } else {
                    names.formUnion(people(in: member.value))
                }
            }
        default: []
        }
    }

    private func replacing(_ document: Document, _ names: [String: String]) -> Document {
        switch document {
        case .array(let items): .array(items.map { replacing($0, names) })
        case .object(let members):
            .object(
                members.map { member in
                    if Self.personKeys.contains(member.key), let name = member.value.string {
                        return .init(member.key, .string(names[name] ?? name))
                    }
                    return .init(member.key, replacing(member.value, names))
                })
        default: document
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 2 ? text : "0" + text
    }
}
