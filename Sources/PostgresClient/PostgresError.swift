/// Why a database could not do what it was asked, in words that are safe to mail.
///
/// libpq's and the server's own messages quote rows, hosts and at times passwords: none of them leaves this module.
public struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        case refused = "no server answers there"
        case unknownHost = "the host is not known"
        case timedOut = "the server does not answer in time"
        case encryption = "the encrypted connection cannot be made"
        case noService = "there is no such service in libpq's service file"
        case authentication = "authentication failed"
        case noDatabase = "there is no such database"
        case busy = "the server has no connection left"
        case starting = "the server is starting up or shutting down"
        case lost = "the connection was lost"
        case permission = "permission denied"
        case readOnly = "the transaction is read-only"
        case locked = "a lock was not granted in time"
        case cancelled = "the query was cancelled"
        case noObject = "a table or column is not there"
        case unreachable = "the server cannot be reached"
        case failed = "the query failed"
    }

    public let reason: Reason
    /// Five characters of the server's; `nil` where it has not answered.
    public let sqlstate: String?

    public init(_ reason: Reason, sqlstate: String? = nil) {
        self.reason = reason
        self.sqlstate = sqlstate
    }

    public var description: String { reason.rawValue + (sqlstate.map { " (SQLSTATE \($0))" } ?? "") }

    /// What to do about it.
    public var fix: String {
        switch reason {
        case .refused, .unknownHost, .timedOut, .unreachable, .starting:
            "check that the server runs and can be reached from here, then run again"
        case .encryption: "check sslmode and the certificates"
        case .noService: "write the service into ~/.pg_service.conf, or name its file in PGSERVICEFILE"
        case .authentication: "put the password into ~/.pgpass or the service file, and check the server's pg_hba.conf"
        case .noDatabase: "correct the database's name"
        case .busy: "try again later, or raise the role's connection limit"
        case .lost: "run again; nothing of the table was kept"
        case .permission: "grant the role select on the table (README, What it reads)"
        case .readOnly, .failed, .noObject: "please report this with the SQLSTATE"
        case .locked, .cancelled: "run again when no migration is under way"
        }
    }

    /// A state that the server gave.
    init(sqlstate: String) {
        let reason: Reason =
            switch sqlstate {
            case "3D000": .noDatabase
            case "53300": .busy
            case "57P01", "57P02", "57P03": .starting
            case "42501": .permission
            case "25006": .readOnly
            case "55P03": .locked
            case "57014", "40001": .cancelled  // 40001: a standby had to replay what the query still needed
            case "42P01", "42703": .noObject
            default: sqlstate.hasPrefix("28") ? .authentication : sqlstate.hasPrefix("08") ? .lost : .failed
            }
        self.init(reason, sqlstate: sqlstate)
    }

    /// What libpq says when a connection cannot be made. With its terse verbosity that is the server's bare SQLSTATE,
    /// or libpq's own English.
    init(connecting message: String) {
        let words = message.split { " :\n".contains($0) }
        if message.contains("FATAL:"), let state = words.last(where: Self.isState) {
            self.init(sqlstate: String(state))
            return
        }
        let message = message.lowercased()
        let clues: [(String, Reason)] = [
            ("definition of service", .noService), ("service file", .noService), ("timeout expired", .timedOut),
            ("connection refused", .refused), ("no such file or directory", .refused),
            ("translate host name", .unknownHost), ("authentication", .authentication),
            ("password", .authentication), ("ssl", .encryption), ("certificate", .encryption),
            ("closed the connection", .lost), ("timed out", .timedOut),
        ]
        self.init(clues.first { message.contains($0.0) }?.1 ?? .unreachable)
    }

    private static func isState(_ word: Substring) -> Bool {
        word.utf8.count == 5 && word.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            && word.utf8.contains { (48...57).contains($0) }
    }
}
