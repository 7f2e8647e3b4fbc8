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

    /// Stand-ins for everyone whom a document names.
    public func pseudonyms(of document: Document) -> Pseudonyms {
        Pseudonyms(pseudonyms(for: people(in: document)))
    }

    /// A KPI document in which people go by pseudonym: `privacy.operator_emails: none`.
    public func pseudonymised(_ document: Document) -> Document { pseudonyms(of: document).replacing(document) }

    /// Whom each stand-in of a document stands for.
    public func people(byPseudonymIn document: Document) -> [String: String] {
        Dictionary(pseudonyms(for: people(in: document)).map { ($0.value, $0.key) }) { first, _ in first }
    }

    /// Everyone whom a document names.
    func people(in document: Document) -> Set<String> {
        var people: Set<String> = []
        Self.collect(document, into: &people)
        return people
    }

    private static func collect(_ document: Document, into people: inout Set<String>) {
        switch document {
        case .array(let items): for item in items { collect(item, into: &people) }
        case .object(let members):
            for member in members {
                if Pseudonyms.personKeys.contains(member.key), let name = member.value.string {
                    people.insert(name)
                } else {
                    collect(member.value, into: &people)
                }
            }
        default: break
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 2 ? text : "0" + text
    }
}
