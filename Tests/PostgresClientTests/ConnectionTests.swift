import Foundation
import PostgresClient
import TestSupport
import Testing

struct ConnectionTests {
    static let withPassword = [
        "host=h password=hunter2", "postgresql://user:hunter2@host/db", "postgresql://host/db?password=hunter2",
        "service=x sslpassword=hunter2", "password='hunter2 x'",
    ]

    @Test(arguments: withPassword)
    func `a password in the string is refused`(text: String) {
        #expect(throws: ConnectionString.Flaw.hasPassword) { try ConnectionString(text) }
    }

    @Test(arguments: ["hunter2", "host=h pass=hunter2", "postgresql://[hunter2", "dbname='a=hunter2'"])
    func `what libpq cannot read is refused without a word of it`(text: String) {
        #expect(throws: ConnectionString.Flaw.unreadable) { try ConnectionString(text) }
    }

    @Test func `the label has neither host nor user`() throws {
        #expect(try ConnectionString("service=desk_ro user=me").label == "service=desk_ro")
        #expect(try ConnectionString("postgresql://me@secret.example:5432/desk").label == "dbname=desk")
        #expect(try ConnectionString("host=secret.example").label == "default")
    }

    private func reason(_ text: String) throws -> PostgresError? {
        let target = try ConnectionString(text)
        do throws(PostgresError) {
            _ = try PostgresConnection(target)
            return nil
        } catch {
            return error
        }
    }

    @Test func `why a connection cannot be made is said in safe words`() throws {
        let database = try TestDatabase()
        let server = "host=\(database.folder)"
        #expect(try reason("host=127.0.0.1 port=1")?.reason == .refused)
        #expect(try reason("host=/nowhere/at-all")?.reason == .refused)
        #expect(try reason("host=no-such-host.invalid")?.reason == .unknownHost)
        #expect(try reason("service=no_such_service_at_all")?.reason == .noService)
        #expect(
            try reason("\(server) user=postgres dbname=no_such_db") == PostgresError(.noDatabase, sqlstate: "3D000"))
        #expect(
            try reason("\(server) user=nobody_at_all dbname=postgres")
                == PostgresError(.authentication, sqlstate: "28000"))
        #expect(try reason("\(server) user=locked dbname=postgres")?.reason == .authentication)
    }

    @Test func `a session cannot write, whatever the role may`() throws {
        let database = try TestDatabase("create table t (a int)")
        let connection = try PostgresConnection(ConnectionString(database.connection()))
        let refused = PostgresError(.readOnly, sqlstate: "25006")
        #expect(throws: refused) { try connection.execute("insert into t values (1)") }
        try connection.execute("begin isolation level repeatable read read only")
        _ = try connection.rows("select 1")
        #expect(throws: refused) { try connection.execute("create table u (a int)") }
        #expect(try database.run("select count(*) from t") == "0\n")
    }

    @Test func `an error carries the SQLSTATE and nothing of the row`() throws {
        let database = try TestDatabase("create table t (a text); insert into t values ('hunter2')")
        let connection = try PostgresConnection(ConnectionString(database.connection()))
        do throws(PostgresError) {
            _ = try connection.rows("select a::int from t")
            Issue.record("no error")
        } catch {
            #expect(error == PostgresError(.failed, sqlstate: "22P02"))
            #expect(!"\(error) \(error.fix)".contains("hunter2"))
        }
    }

    @Test func `a copy that is left early frees the connection`() throws {
        let database = try TestDatabase()
        let connection = try PostgresConnection(ConnectionString(database.connection()))
        do {
            let copy = try connection.copyOut("copy (select generate_series(1, 100000000)) to stdout")
            #expect(try copy.next()?.elementsEqual("1".utf8) == true)
        }
        #expect(try connection.rows("select 1") == [["1"]])
    }

    @Test func `a copy that breaks off is an error and no end`() throws {
        let database = try TestDatabase()
        let connection = try PostgresConnection(ConnectionString(database.connection()))
        let copy = try connection.copyOut("copy (select 1 / (3 - a) from generate_series(1, 5) as a) to stdout")
        #expect(throws: PostgresError(.failed, sqlstate: "22012")) { while try copy.next() != nil {} }
    }

    @Test func `a server that goes away mid-copy is an error and no end`() throws {
        let server = try TestServer.started()
        let database = try TestDatabase(on: server)
        let connection = try PostgresConnection(ConnectionString(database.connection()))
        let copy = try connection.copyOut("copy (select repeat('x', 1000) from generate_series(1, 1000000)) to stdout")
        _ = try copy.next()
        server.stop()
        do throws(PostgresError) {
            while try copy.next() != nil {}
            Issue.record("no error")
        } catch {
            #expect(error.reason == .lost)
        }
        #expect(connection.isLost)
    }

    @Test func `a server for tests ends with the process that it was started for, even when that is killed`()
        async throws
    {
        let owner = Process()
        owner.executableURL = URL(filePath: "/bin/sleep")
        owner.arguments = ["1000"]
        try owner.run()
        let server = try TestServer.started(for: owner.processIdentifier)
        #expect(FileManager.default.fileExists(atPath: server.folder))
        kill(owner.processIdentifier, SIGKILL)
        for _ in 0..<300 where FileManager.default.fileExists(atPath: server.folder) {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(!FileManager.default.fileExists(atPath: server.folder))
    }
}
