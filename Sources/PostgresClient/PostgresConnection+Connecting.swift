internal import CLibPQ
internal import Glibc

extension PostgresConnection {
    private static let defaultTimeoutSeconds = 10

    /// Connects step by step, since only so libpq can be told beforehand to give the server's SQLSTATE in place of its text.
    static func connect(_ target: ConnectionString) throws(PostgresError) -> OpaquePointer {
        // What stands before the string is a default, what stands behind it is not.
        let settings: [(String, String)] = [
            ("keepalives_idle", "60"), ("keepalives_interval", "10"), ("keepalives_count", "6"),
            ("dbname", target.text), ("application_name", "countersign"), ("client_encoding", "UTF8"),
        ]
        let started = withCStrings(settings.map(\.0)) { keywords in
            withCStrings(settings.map(\.1)) { values in PQconnectStartParams(keywords, values, 1) }
        }
        guard let handle = started else { throw PostgresError(.unreachable) }
        // Notices would go to standard error, and they quote rows.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
        let reason = finish(handle, within: timeout(target))
        if let reason {
            PQfinish(handle)
            throw reason
        }
        return handle
    }

    private static func timeout(_ target: ConnectionString) -> Duration {
        let named = target.timeoutSeconds ?? getenv("PGCONNECT_TIMEOUT").flatMap { Int(String(cString: $0)) } ?? 0
        return .seconds(named > 0 ? named : defaultTimeoutSeconds)
    }

    private static func finish(_ handle: OpaquePointer, within timeout: Duration) -> PostgresError? {
        let deadline = ContinuousClock.now + timeout
        var state = PGRES_POLLING_WRITING
        while PQstatus(handle) != CONNECTION_BAD {
            if state == PGRES_POLLING_OK { return nil }
            if state == PGRES_POLLING_FAILED { break }
            let events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var waiting = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            let ready = poll(&waiting, 1, Int32(max(0, left)))
            if ready == 0 { return PostgresError(.timedOut) }
            if ready < 0, errno != EINTR { break }
            if ready > 0 { state = PQconnectPoll(handle) }
        }
        return PostgresError(connecting: PQerrorMessage(handle).map { String(cString: $0) } ?? "")
    }
}
