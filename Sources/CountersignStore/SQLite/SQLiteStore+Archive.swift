internal import CountersignCore
internal import GRDB

extension SQLiteStore {
    func loadedContent(of identity: FileIdentity) throws -> String? {
        try reading { db in try Self.row(of: identity, db)?["sha256"] }
    }

    func noteArchived(_ place: ArchivePlace, of identity: FileIdentity, at now: Instant) throws {
        try transaction { db in
            guard let file = try Self.row(of: identity, db) else { return }
            // One that is loaded again from the archive keeps what was known of it.
            try db.execute(
                sql: """
                    insert into archived_file
                        (path, name, sha256, file_id, input, kind, chatwoot_account, first_at, last_at, archived_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (path) do update set
                        name = case when excluded.input = '' then archived_file.name else excluded.name end,
                        input = case when excluded.input = '' then archived_file.input else excluded.input end,
                        kind = case when excluded.input = '' then archived_file.kind else excluded.kind end,
                        chatwoot_account = case when excluded.input = '' then archived_file.chatwoot_account else excluded.chatwoot_account end,
                        archived_at =
                            case
                                when excluded.input = '' and excluded.sha256 = archived_file.sha256
                                then archived_file.archived_at
                                else excluded.archived_at
                            end,
                        sha256 = excluded.sha256, file_id = excluded.file_id, first_at = excluded.first_at,
                        last_at = excluded.last_at
                    """,
                arguments: [
                    place.path, place.name, file["sha256"] as String, file["file_id"] as Int64, place.input,
                    place.kind?.rawValue, place.account, file["first_at"] as Int64?, file["last_at"] as Int64?,
                    now.microseconds,
                ])
        }
    }

    func archivedFiles() throws -> [ArchivedFile] { try reading(ArchivedFile.all) }

    func remember(_ identity: FileIdentity, asArchived path: String) throws {
        try transaction { db in
            let file = try Int64.fetchOne(
                db,
                sql: """
                    select a.file_id from archived_file as a join source_file as s on s.file_id = a.file_id
                    where a.path = ?
                    """, arguments: [path])
            if let file { try remember(identity, file: file, db) }
        }
    }

    func forgetArchived(_ paths: [String]) throws {
        try transaction { db in
            for path in paths {
                try db.execute(sql: "delete from archived_file where path = ?", arguments: [path])
            }
        }
    }
}

extension ArchivedFile {
    static func all(_ db: Database) throws -> [ArchivedFile] {
        try Row.fetchAll(
            db,
            sql: """
                select a.*, exists (
                    select 1 from source_file as s
                    where s.file_id = a.file_id and s.rows_expired > 0 and s.expired_before is null) as must_be_read
                from archived_file as a order by a.path
                """
        ).map { row in
            let kind: String? = row["kind"]
            let (first, last): (Int64?, Int64?) = (row["first_at"], row["last_at"])
            return ArchivedFile(
                place: ArchivePlace(
                    path: row["path"], name: row["name"], input: row["input"],
                    kind: kind.flatMap(SourceKind.init(rawValue:)), account: row["chatwoot_account"]),
                sha256: row["sha256"], firstAt: first.map(Instant.init(microseconds:)),
                lastAt: last.map(Instant.init(microseconds:)),
                archivedAt: Instant(microseconds: row["archived_at"]), mustBeRead: row["must_be_read"])
        }
    }
}
