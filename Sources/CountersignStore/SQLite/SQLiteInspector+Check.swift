internal import CountersignCore
internal import Foundation
internal import GRDB

extension SQLiteInspector {
    func findings(
        migrations: [(name: String, sql: String)], key: PrivacyKey?, promises: [StoreQuery]
    ) throws -> [StoreFinding] {
        let isWhole = try Self.finding("the file is whole", fix: Self.anew, isDamage: true) { try self.damage() }
        guard isWhole.fault == nil else { return [permissions(), isWhole] }
        return try [
            permissions(), isWhole,
            Self.finding("the schema is this version's", fix: "run the version that made it, or move it away") {
                try self.schemaFault(migrations)
            },
            Self.finding("the privacy key is the store's", fix: "put back the key that the store was made with") {
                try self.keyFault(key)
            },
            Self.finding("WAL, synchronous=FULL and secure_delete are in force", fix: "countersign run sets them") {
                try self.pragmaFault()
            },
        ]
            + promises.sorted { $0.name < $1.name }.map { promise in
                try Self.finding(promise.title, fix: promise.fix) { try self.fault(promise) }
            }
    }

    private static let anew =
        "check the disk, then put a backup back, or move the store away and run again: the exports make it anew"

    /// A read that meets a damaged page is a finding too; one that cannot be made at all ends the check.
    private static func finding(
        _ title: String, fix: String, isDamage: Bool = false, _ look: () throws -> String?
    ) throws -> StoreFinding {
        do {
            let fault = try look()
            return StoreFinding(title: title, fault: fault, fix: fix, isDamage: isDamage && fault != nil)
        } catch StoreError.damaged(_, let reason) {
            return StoreFinding(title: title, fault: reason, fix: anew, isDamage: true)
        }
    }

    private func damage() throws -> String? {
        let found = try reading { db in try String.fetchAll(db, sql: "pragma integrity_check(100)") }
        guard found != ["ok"] else { return nil }
        let first = found.first?.split(separator: "\n").last.map(String.init) ?? "no answer"
        return found.count < 2 ? first : "\(first), and \(found.count - 1) more"
    }

    private func permissions() -> StoreFinding {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let files = ["", "-wal", "-shm", ".lock"].map { path + $0 }
        let open = files.filter { Self.mode($0) & 0o077 != 0 }
        let fault: (text: String, fix: String)? =
            if let file = open.first {
                ("others may read or write \(file)", "chmod 600 \(open.joined(separator: " "))")
            } else if Self.mode(folder) & 0o022 != 0 {
                ("others may write to \(folder)", "chmod go-w \(folder)")
            } else {
                nil
            }
        return StoreFinding(title: "the files are their owner's alone", fault: fault?.text, fix: fault?.fix ?? "")
    }

    private static func mode(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }

    /// Every table and index is compared with what the migrations make, not only their names.
    private func schemaFault(_ migrations: [(name: String, sql: String)]) throws -> String? {
        let sql = "select type || ' ' || name || char(10) || sql from sqlite_master where sql is not null"
        let (applied, found) = try reading { db in
            (
                try String.fetchAll(db, sql: "select identifier from grdb_migrations order by identifier"),
                try String.fetchSet(db, sql: sql + " and name <> 'grdb_migrations'")
            )
        }
        let known = migrations.map(\.name).sorted()
        guard applied == known else {
            return "it has \(applied.last ?? "none"), this version \(known.last ?? "none")"
        }
        let made = try DatabaseQueue().write { db in
            for migration in migrations { try db.execute(sql: migration.sql) }
            return try String.fetchSet(db, sql: sql)
        }
        let other = found.symmetricDifference(made).compactMap { $0.split(separator: "\n").first }.sorted()
        return other.first.map { "\($0) is not as it was made" }
    }

    private func keyFault(_ key: PrivacyKey?) throws -> String? {
        let known = try reading { db in
            try String.fetchOne(db, sql: "select value from setting where key = 'privacy_key'")
        }
        guard let key else { return "the key cannot be read" }
        guard let known else { return "the store remembers no key" }
        return known == key.fingerprint ? nil : "the store was made with another"
    }

    /// `journal_mode` is the file's; the other two are a connection's, so they are asked for and read back.
    private func pragmaFault() throws -> String? {
        try asking { db in
            let mode = try String.fetchOne(db, sql: "pragma journal_mode")
            if mode != "wal" { return "journal_mode is \(mode ?? "unknown")" }
            try db.execute(sql: "pragma synchronous = full; pragma secure_delete = on")
            let synchronous = try Int.fetchOne(db, sql: "pragma synchronous")
            if synchronous != 2 { return "this SQLite refuses synchronous=FULL" }
            let erasing = try Int.fetchOne(db, sql: "pragma secure_delete")
            return erasing == 1 ? nil : "this SQLite refuses secure_delete"
        }
    }

    private func fault(_ promise: StoreQuery) throws -> String? {
        try reading { db in
            let statement = try Statement(db.sqliteConnection, promise.sql)
            var faults: [String] = []
            while try statement.step() {
                let count = statement.int64(1)
                if count > 0 { faults.append("\(statement.text(0) ?? ""): \(count)") }
            }
            return faults.isEmpty ? nil : "not so in " + faults.joined(separator: ", ")
        }
    }
}
