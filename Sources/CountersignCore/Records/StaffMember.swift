/// A Chatwoot user, from the agent list.
public struct StaffMember: Hashable, Sendable {
    public let account: Int64?
    public let id: Int64
    /// The name that event lines use (not the display name).
    public let name: String
    /// Trimmed and lower-cased.
    public let email: String?
    /// `agent` or `administrator`; `nil` for a removed user.
    public let role: String?
    public var readFrom: SourcePlace

    public init(account: Int64?, id: Int64, name: String, email: String?, role: String?, readFrom: SourcePlace) {
        self.account = account
        self.id = id
        self.name = name
        self.email = email
        self.role = role
        self.readFrom = readFrom
    }
}

/// A reply template; `body` holds `{{name}}`.
public struct ReplyTemplate: Hashable, Sendable {
    public let id: String
    public let label: String
    public let body: String
    public var readFrom: SourcePlace

    public init(id: String, label: String, body: String, readFrom: SourcePlace) {
        self.id = id
        self.label = label
        self.body = body
        self.readFrom = readFrom
    }
}
