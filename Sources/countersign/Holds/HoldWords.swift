internal import ArgumentParser
internal import CountersignCore
internal import CountersignReport
internal import CountersignStore

/// Holds as people and programs read them.
struct HoldWords {
    private let accounts: [Int64: String]
    private let names: [String: String]

    /// - Parameter names: what stands for people; whoever is not among them goes by the own name.
    init(accounts: [StoredAccount], names: [String: String] = [:]) {
        self.accounts = Dictionary(accounts.map { ($0.id, $0.name) }) { first, _ in first }
        self.names = names
    }

    /// `account example.myshopify.com, customer 8812, from 2026-08-01T04:00:00.000Z`
    func text(of cover: LegalHold.Cover) -> String {
        let parts: [String?] = [
            cover.account.map { "account \(account($0))" }, cover.customer.map { "customer \($0)" },
            cover.conversation.map { "conversation \($0)" }, cover.decision.map { "decision \($0)" },
            cover.from.map { "from \($0.iso8601)" }, cover.to.map { "before \($0.iso8601)" },
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    func end(_ until: Instant?) -> String { until.map { "held until \($0.iso8601)" } ?? "held until it is released" }

    func account(_ id: Int64) -> String { accounts[id] ?? "chatwoot:\(id)" }

    func document(of hold: LegalHold, at moment: Instant) -> Document {
        let release = hold.release
        let members = hold.cover.members.map { member in
            guard member.key == "account", let id = hold.cover.account else { return member }
            return .init("account", .string(account(id)))
        }
        return .object(
            [.init("hold", .int(Int(hold.id))), .init("state", .string(hold.state(at: moment).rawValue))] + members + [
                .init("since", .instant(hold.placedAt)), .init("until", .instant(hold.until)),
                .init("reason", .string(hold.reason)), .init("by", .string(person(hold.placedBy))),
                .init("released_at", .instant(release?.at)),
                .init("released_by", release.map { .string(person($0.by)) } ?? .null),
                .init("release_reason", release.map { .string($0.reason) } ?? .null),
            ])
    }

    static let columns = ["hold", "state", "covers", "placed_at", "until_at", "by", "reason"].map {
        QueryColumn(name: $0, type: nil)
    }

    func row(of hold: LegalHold, at moment: Instant) -> [ResultValue] {
        [
            .int(hold.id), .text(hold.state(at: moment).rawValue.replacing("_", with: " ")),
            .text(text(of: hold.cover)), .int(hold.placedAt.microseconds),
            hold.until.map { .int($0.microseconds) } ?? .null, .text(person(hold.placedBy)), .text(hold.reason),
        ]
    }

    private func person(_ name: String) -> String { names[name] ?? name }
}

/// Who stands in the ledger for the people who place and release holds.
enum HoldPeople {
    static func person(_ name: String, key: PrivacyKey) -> LegalHold.Person {
        let name = HoldText.trimmed(name)
        return LegalHold.Person(name: name, pseudonym: privacy(key).pseudonyms(for: [name])[name] ?? "op")
    }

    static func pseudonyms(of holds: [LegalHold], key: PrivacyKey) -> [String: String] {
        privacy(key).pseudonyms(for: Set(holds.flatMap { [$0.placedBy] + ($0.release.map { [$0.by] } ?? []) }))
    }

    private static func privacy(_ key: PrivacyKey) -> ReportPrivacy {
        ReportPrivacy(key: key, hasOperatorEmails: false, hasCustomerNames: false)
    }
}

/// What is asked of the texts of a hold.
enum HoldText {
    private static let longest = 300

    /// - Throws: `ValidationError` for a reason that must not stand in the ledger for good, or nobody's name.
    static func check(reason: String, by: String) throws {
        if trimmed(reason).isEmpty || trimmed(by).isEmpty {
            throw ValidationError("--reason and --by may not be empty: an auditor asks for both")
        }
        if isUnfit(reason) || isUnfit(by) {
            throw ValidationError("--reason and --by: one line each, of at most \(longest) characters")
        }
        if reason.contains("@") {
            throw ValidationError("--reason stands in the ledger for good and may name nobody: leave the email out")
        }
    }

    static func isUnfit(_ text: String) -> Bool {
        text.count > longest || text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    static func trimmed(_ text: String) -> String { text.trimmingPrefix { $0 == " " }.trimmedEnd }

    static let command = "retention hold"

    static func failure(_ message: String, fix: String, of command: String = command) -> Failure {
        Failure(.usage, "\(command): error: \(message)\n  fix: \(fix)")
    }
}

extension Substring {
    fileprivate var trimmedEnd: String {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
