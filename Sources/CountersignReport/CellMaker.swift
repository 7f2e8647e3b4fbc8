internal import CountersignCore

/// Makes cells of a document's values: with units, links and nobody's name who may not be named.
struct CellMaker {
    private let privacy: ReportPrivacy
    private let pseudonyms: [String: String]
    private let addresses: [String: String]

    init(privacy: ReportPrivacy, people: Set<String>, accounts: [AccountMapping]) {
        self.privacy = privacy
        pseudonyms = privacy.pseudonyms(for: people)
        addresses = Dictionary(
            accounts.compactMap { account in
                account.chatwootURL.map { (account.shop ?? "chatwoot:\(account.chatwootAccount ?? 0)", $0) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter account: whose conversation or customer it is; links are made of its configured address.
    func cell(_ value: Document?, _ format: Column.Format, account: String?) -> Cell {
        guard let value, value != .null else { return .unknown }
        switch format {
        case .count: return value.number.map { .count(Int($0)) } ?? .unknown
        case .decimal: return value.number.map { .decimal($0, digits: 2) } ?? .unknown
        case .rate: return value.number.map { .rate($0) } ?? .unknown
        case .interval:
            let bounds = value.items.compactMap(\.number)
            return bounds.count == 2 ? .interval(bounds[0], bounds[1]) : .unknown
        case .duration: return value.number.map { .duration(seconds: Int($0)) } ?? .unknown
        case .instant: return value.string.flatMap { Instant(iso8601: $0) }.map { .instant($0) } ?? .unknown
        case .day: return value.string.flatMap(Self.day).map { .day($0) } ?? .unknown
        case .conversation: return numbered(value, folder: "conversations", account: account)
        case .customer: return customer(value, account: account)
        case .operator:
            guard let name = value.string else { return .unknown }
            if privacy.hasOperatorEmails { return .text(name) }
            // A query may name people of whom the KPI document does not speak.
            return .text(pseudonyms[name] ?? privacy.pseudonyms(for: [name])[name] ?? "–")
        case .state: return value.string.map { .state($0.replacing("_", with: " ")) } ?? .unknown
        case .text, .sentence: return .text(Self.text(value))
        case .digest: return value.string.map { .digest($0) } ?? .unknown
        case .difference: return .difference(value.items.compactMap(Self.change))
        }
    }

    /// A customer by contact id; by name only where the config allows names.
    private func customer(_ value: Document, account: String?) -> Cell {
        if case .string(let name) = value { return .text(privacy.hasCustomerNames ? name : "unnumbered") }
        return numbered(value, folder: "contacts", account: account)
    }

    /// A number that leads to Chatwoot where its address is configured; several as text.
    private func numbered(_ value: Document, folder: String, account: String?) -> Cell {
        if case .array(let items) = value { return .text(items.map(Self.text).joined(separator: ", ")) }
        let text = Self.text(value)
        guard let account, let address = addresses[account], case .int = value else { return .text(text) }
        return .link(text: text, address: "\(address)/\(folder)/\(text)")
    }

    private static func text(_ value: Document) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "yes" : "no"
        case .int(let value): String(value)
        case .string(let text): text
        case .decimal: value.json().filter { !$0.isWhitespace }
        case .array(let items): items.map(text).joined(separator: ", ")
        case .object: ""
        }
    }

    private static func change(_ part: Document) -> TextChange? {
        guard let kind = part["kind"]?.string.flatMap(TextChange.Kind.init(rawValue:)) else { return nil }
        return TextChange(kind, part["text"]?.string ?? "")
    }

    static func day(_ text: String) -> CivilDate? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return CivilDate(year: parts[0], month: parts[1], day: parts[2])
    }
}
