internal import CSQLite
internal import Foundation
internal import Synchronization

/// Whether the store that was written anew is whole: every page of it is sound and belongs to one table or index, and each of
/// those has entry for entry the bytes of the store's.
struct CopyCheck {
    /// A table or index as `sqlite_schema` names it.
    private struct Part: Hashable {
        let type: String
        let name: String
        let table: String
        let sql: String?
    }

    private let store: OpaquePointer
    private let copy: OpaquePointer

    /// - Parameters:
    ///   - store: a connection that keeps every other from writing.
    ///   - copy: to a file that nobody else knows.
    init(store: OpaquePointer, copy: OpaquePointer) {
        self.store = store
        self.copy = copy
    }

    /// What differs or is not sound; `nil` where all is well.
    ///
    /// - Parameter files: the same two, open for reading. SQLite gives up its locks when a file of the process is closed, so that
    ///   they are closed after the connections.
    func finding(_ files: (store: Int32, copy: Int32)) throws -> String? {
        let reason: String
        do {
            return try pages(files)
        } catch let fault as PageFile.Fault {
            guard !fault.isCertain else { return fault.reason }
            reason = fault.reason
        }
        // SQLite may one day write the same rows in other bytes; it then has to say itself that all are there.
        return try bySQLite().map { "\($0) (\(reason))" }
    }

    // MARK: Byte for byte

    func pages(_ files: (store: Int32, copy: Int32)) throws -> String? {
        let (store, copy) = (try PageFile(files.store), try PageFile(files.copy, isNew: true))
        guard store.pageSize == copy.pageSize, store.usable == copy.usable else {
            throw PageFile.Fault(reason: "its pages are of another size")
        }
        let (parts, copied) = (try Self.parts(self.store), try Self.parts(self.copy))
        guard Set(parts.keys) == Set(copied.keys) else { return "it has other tables than the store" }
        var schema = try TreeCursor(copy, root: 1, isStrict: true)
        while try schema.next() {}
        let trees = parts.filter { $0.value > 0 }.sorted { $0.value < $1.value }.map { part, root in
            (name: "\(part.type) \(part.name)", root: root, copied: copied[part] ?? 0)
        }
        // Two at a time: it is the longest part of a purge beside the writing itself.
        let next = Mutex(0)
        let met = Mutex<[Result<[Bool], any Error>]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            let result = Result {
                let (store, copy) = (try PageFile(files.store), try PageFile(files.copy, isNew: true))
                while case let index = next.withLock({ index in
                    defer { index += 1 }
                    return index
                }), index < trees.count {
                    try Self.compare(trees[index], store, copy)
                }
                return copy.isMet
            }
            met.withLock { $0.append(result) }
        }
        for result in met.withLock(\.self) { try copy.meet(result.get()) }
        try copy.checkThatAllWereMet()
        return nil
    }

    private static func compare(
        _ tree: (name: String, root: Int, copied: Int), _ store: PageFile, _ copy: PageFile
    ) throws {
        let fault = PageFile.Fault(reason: "\(tree.name) differs from the store's")
        var old = try TreeCursor(store, root: tree.root, isStrict: false)
        var new = try TreeCursor(copy, root: tree.copied, isStrict: true)
        while try old.next() {
            guard try new.next(), try old.isSame(as: &new) else { throw fault }
        }
        guard try !new.next() else { throw fault }
    }

    /// With the page that each begins in; 0 for those that have none.
    private static func parts(_ connection: OpaquePointer) throws -> [Part: Int] {
        let rows = try Statement(connection, "select type, name, tbl_name, sql, rootpage from sqlite_schema")
        var parts: [Part: Int] = [:]
        while try rows.step() {
            let part = Part(
                type: rows.text(0) ?? "", name: rows.text(1) ?? "", table: rows.text(2) ?? "", sql: rows.text(3))
            parts[part] = rows.int(4)
        }
        return parts
    }

    // MARK: By SQLite

    func bySQLite() throws -> String? { try rows() ?? (isSound() ? nil : "it is not whole") }

    private func isSound() throws -> Bool {
        let check = try Statement(copy, "pragma integrity_check")
        return try check.step() && check.text(0) == "ok" && !check.step()
    }

    private func rows() throws -> String? {
        for part in try Self.parts(store).keys.sorted(by: { $0.name < $1.name }) where part.type == "table" {
            let sql = "select * from \"\(part.name)\""
            let old = try Statement(store, sql)
            let new = try Statement(copy, sql)
            while try old.step() {
                guard try new.step(), old.hasSameRow(as: new) else {
                    return "its table \(part.name) differs from the store's"
                }
            }
            if try new.step() { return "its table \(part.name) differs from the store's" }
        }
        return nil
    }
}
