internal import CountersignCore
internal import CountersignImport
internal import CountersignReport
internal import PostgresClient

/// A live database among the inputs: `postgres: service=chatwoot_ro`.
struct DatabaseInput {
    static let prefix = "postgres:"

    let target: ConnectionString
    /// `nil`: found from the tables that are there.
    var kind: DatabaseKind?
    /// Chatwoot's accounts to read; none means all.
    var accounts: [Int64] = []
    /// How far before the last read the next one begins, for what is committed late.
    var overlapMinutes = 15

    /// What reports call it.
    var label: String { Self.prefix + target.label }

    /// - Returns: `nil` for an input that is no database.
    init?(_ item: StrictYAML) throws(YAMLError) {
        guard item.hasMember("postgres") else { return nil }
        let members = try item.mapping(known: ["postgres", "kind", "accounts", "overlap_minutes"])
        let text = try members.required("postgres")
        do {
            target = try ConnectionString(try text.text())
        } catch let flaw as ConnectionString.Flaw {
            throw text.error(flaw.message, fix: flaw.fix)
        } catch let error as YAMLError {
            throw error
        } catch {
            throw text.error("this cannot be read", fix: ConnectionString.Flaw.unreadable.fix)
        }
        kind = try members["kind"]?.word(DatabaseKind.self)
        for account in try members["accounts"]?.list() ?? [] {
            accounts.append(Int64(try account.int(in: 1...Int(Int32.max))))
        }
        overlapMinutes = try members["overlap_minutes"]?.int(in: 0...10_080) ?? overlapMinutes
    }

    /// - Parameter argument: `postgres:service=…`, or a URI.
    /// - Returns: `nil` for an argument that is no database.
    init?(argument: String) throws {
        guard argument.hasPrefix(Self.prefix) || argument.hasPrefix("postgresql://") else { return nil }
        let isURI = argument.hasPrefix("postgres://") || argument.hasPrefix("postgresql://")
        do {
            target = try ConnectionString(isURI ? argument : String(argument.dropFirst(Self.prefix.count)))
        } catch {
            throw Failure(.config, "postgres: error: \(error.message) [config]\n  fix: \(error.fix)")
        }
    }
}

extension Configuration {
    /// Two databases under one label would share their watermarks.
    mutating func add(_ database: DatabaseInput, of item: StrictYAML) throws(YAMLError) {
        guard !databases.contains(where: { $0.label == database.label && $0.target != database.target }) else {
            throw item.error(
                "two different databases are both called \(database.label)",
                fix: "give each a service of its own in libpq's service file")
        }
        databases.append(database)
    }
}

extension ConnectionString.Flaw {
    /// The string itself is never shown: what makes it unreadable may be a password.
    var message: String {
        switch self {
        case .unreadable: "this is no connection string that libpq can read"
        case .hasPassword: "a password stands in the connection string"
        }
    }

    var fix: String {
        switch self {
        case .unreadable: "write service=name, or postgresql://host/database"
        case .hasPassword: "put it into ~/.pgpass or libpq's service file, and change it: it was written down"
        }
    }
}
