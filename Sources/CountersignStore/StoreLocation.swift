public import CountersignCore
internal import Foundation

/// Where a store is, as `store:` writes it: `sqlite:var/countersign.sqlite`.
public struct StoreLocation: Hashable, Sendable {
    let path: String

    /// - Parameters:
    ///   - url: `sqlite:` and a path.
    ///   - folder: what a relative path is relative to.
    /// - Returns: `nil` for any other kind of address.
    public init?(_ url: String, relativeTo folder: String) {
        guard url.hasPrefix("sqlite:") else { return nil }
        let path = String(url.dropFirst("sqlite:".count))
        guard !path.isEmpty else { return nil }
        self.path = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    /// The folder of `queries/schema` that makes this kind of store.
    public var schemaFolder: String { "sqlite" }

    public var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Takes the run lock for the life of the returned value; before the store is opened, since opening may
    /// migrate it.
    ///
    /// - Throws: `StoreError.locked` at once where another run holds it.
    public func lock() throws -> any RunLock {
        try FileLock(path: path + ".lock")
    }

    /// Opens the store or makes it.
    ///
    /// - Parameters:
    ///   - migrations: name and text of each file of `queries/schema/<schemaFolder>`.
    ///   - key: another key than the store was made with is refused.
    public func open(migrations: [(name: String, sql: String)], key: PrivacyKey) throws -> any Store {
        try SQLiteStore(
            path: path, migrations: migrations.sorted { $0.name < $1.name }, keyFingerprint: key.fingerprint)
    }
}
