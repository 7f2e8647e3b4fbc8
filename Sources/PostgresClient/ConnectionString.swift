internal import CLibPQ

/// Where a database is: a libpq connection string or URI, without a password in it.
///
/// Passwords come by libpq's own ways: a service file, `.pgpass` or the environment.
public struct ConnectionString: Hashable, Sendable {
    /// What reports, logs and the store call it: the service or the database's name, never a host or a user.
    public let label: String
    let text: String
    /// Of `connect_timeout`; `nil` where the string has none.
    let timeoutSeconds: Int?

    public enum Flaw: Error, Hashable, Sendable {
        /// libpq cannot read it. Its own message quotes the text, so it goes no further.
        case unreadable
        case hasPassword
    }

    public init(_ text: String) throws(Flaw) {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(text, &message)
        defer {
            PQfreemem(message)
            PQconninfoFree(options)
        }
        guard let options else { throw .unreadable }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        guard values["password"] == nil, values["sslpassword"] == nil else { throw .hasPassword }
        let names = ["service", "dbname"].compactMap { key in values[key].map { "\(key)=\($0)" } }
        // A database's name may itself be a whole connection string, which libpq expands.
        guard values["dbname"].map({ !$0.contains("=") && !$0.contains("://") }) ?? true else { throw .unreadable }
        label = names.first ?? "default"
        timeoutSeconds = values["connect_timeout"].flatMap { Int($0) }
        self.text = text
    }
}
