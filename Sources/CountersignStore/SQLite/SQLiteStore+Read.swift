internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    func read<Result>(
        calendar: [(kind: String, span: ReportCalendar.Span)], _ body: (any QueryRunner) throws -> Result
    ) throws -> Result {
        try translated {
            try pool.writeWithoutTransaction { db in
                var result: Result?
                try db.inTransaction(.deferred) {
                    try db.execute(
                        sql: """
                            create temp table calendar (
                                kind text not null, label text not null, start_at integer not null, end_at integer not null)
                            """)
                    for (kind, span) in calendar {
                        try db.execute(
                            sql: "insert into temp.calendar (kind, label, start_at, end_at) values (?, ?, ?, ?)",
                            arguments: [kind, span.label, span.start.microseconds, span.end.microseconds])
                    }
                    result = try body(SQLiteQueryRunner(db: db))
                    return .rollback
                }
                guard let result else { throw StoreError.unavailable(path: path, reason: "a read gave no result") }
                return result
            }
        }
    }
}

/// Runs query files on one connection, inside the transaction of its report.
struct SQLiteQueryRunner: QueryRunner {
    let db: Database

    func forEach(
        _ query: QueryFile, _ parameters: [String: QueryValue], _ body: (QueryRow) throws -> Void
    ) throws {
        var arguments: [String: (any DatabaseValueConvertible)?] = [:]
        for name in query.parameters {
            switch parameters[name] {
            case .int(let value): arguments[name] = value
            case .text(let value): arguments[name] = value
            case .blob(let value): arguments[name] = Data(value)
            case .null, nil: arguments[name] = DatabaseValue.null
            }
        }
        let statement: GRDB.Statement
        do {
            statement = try db.cachedStatement(sql: query.sql)
            try statement.setArguments(StatementArguments(arguments))
        } catch let error as DatabaseError where [.SQLITE_ERROR, .SQLITE_MISUSE].contains(error.resultCode) {
            // What SQLite says of a text that it cannot compile names columns and words of the text, no row.
            throw StoreError.refusedQuery(file: query.file, reason: error.message ?? "it cannot be compiled")
        }
        let columns = Dictionary(query.columns.enumerated().map { ($1, $0) }) { first, _ in first }
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
            try body(QueryRow(columns: columns, values: row.databaseValues.map(Self.value)))
        }
    }

    private static func value(_ value: DatabaseValue) -> QueryValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .int(number)
        case .double(let number): .int(Int64(number))
        case .string(let text): .text(text)
        case .blob(let data): .blob(Array(data))
        }
    }
}
