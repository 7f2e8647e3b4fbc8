internal import CountersignCore
internal import GRDB

extension SQLiteInspector {
    func read<Result>(
        calendar: [(kind: String, span: ReportCalendar.Span)], _ body: (any QueryRunner) throws -> Result
    ) throws -> Result {
        try asking { db in
            // Of the connection alone: it goes with it.
            try db.execute(
                sql: """
                    drop table if exists temp.calendar;
                    create temp table calendar (
                        kind text not null, label text not null, start_at integer not null, end_at integer not null)
                    """)
            for (kind, span) in calendar {
                try db.execute(
                    sql: "insert into temp.calendar (kind, label, start_at, end_at) values (?, ?, ?, ?)",
                    arguments: [kind, span.label, span.start.microseconds, span.end.microseconds])
            }
            var result: Result?
            try db.inTransaction(.deferred) {
                result = try body(SQLiteQueryRunner(db: db))
                return .rollback
            }
            guard let result else { throw StoreError.unavailable(path: path, reason: "a read gave no result") }
            return result
        }
    }

    func isDerivePending(_ settings: KPISettings) throws -> Bool {
        try reading { db in try SQLiteStore.isDerivePending(settings, db) }
    }
}
