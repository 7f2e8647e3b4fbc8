internal import CountersignCore
internal import CountersignStore
internal import Foundation

/// Rights and free space of the folders that a run writes to.
struct FolderCheck {
    let configuration: Configuration
    let location: StoreLocation?
    let store: StoreState?

    func lines() -> [CheckLine] { [rightsOfStore(), rightsOfOutput()] + space() }

    private func rightsOfStore() -> CheckLine {
        guard let location else { return .ok("rights", "no store to look at") }
        for path in location.files where Self.mode(path) & 0o022 != 0 {
            return .fail("rights", "others may write to \(path)", fix: "chmod 600 \(path)", .config)
        }
        for path in location.files where Self.mode(path) & 0o044 != 0 {
            return .warn("rights", "others may read \(path)", fix: "chmod 600 \(path)")
        }
        let folder = Self.existing(location.folder)
        if Self.mode(folder) & 0o022 != 0 {
            return .warn("rights", "others may write to \(folder)", fix: "chmod go-w \(folder)")
        }
        guard access(folder, W_OK | X_OK) == 0 else {
            return .fail(
                "rights", "nothing can be written to \(folder), where the store is", fix: "chown or chmod it",
                .databaseUnavailable)
        }
        return .ok(
            "rights",
            location.files.isEmpty ? "the store can be made" : "the store's files are their owner's alone")
    }

    private func rightsOfOutput() -> CheckLine {
        let folder = Self.existing(configuration.resolve(configuration.outPath))
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        guard isThere, isFolder.boolValue, access(folder, W_OK | X_OK) == 0 else {
            let text = isFolder.boolValue ? "nothing can be written to \(folder)" : "\(folder) is no folder"
            return .fail("rights", "\(text), where reports go", fix: "chown, chmod or move it", .cannotCreate)
        }
        return .ok("rights", "reports can be written to \(configuration.outPath)")
    }

    private func space() -> [CheckLine] {
        let folders: [(String?, String)] = [
            (location?.folder, "the store's folder"), (configuration.resolve(configuration.outPath), "reports.out"),
            (FileManager.default.temporaryDirectory.path, "the folder for temporary files"),
        ]
        return folders.compactMap { path, name in
            path.map { DiskCheck.line(name, free: DiskCheck.free(at: Self.existing($0)), store: store?.bytes ?? 0) }
        }
    }

    /// The folder itself, or the nearest above it that is there and in which it would be made.
    static func existing(_ path: String) -> String {
        var path = path
        while !FileManager.default.fileExists(atPath: path), path.count > 1 {
            path = URL(fileURLWithPath: path).deletingLastPathComponent().path
        }
        return path
    }

    static func mode(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}

enum DiskCheck {
    private static let least: Int64 = 100_000_000
    private static let enough: Int64 = 1_000_000_000

    /// - Parameters:
    ///   - free: bytes that this user may still write; `nil` where nobody says it.
    ///   - store: its bytes; a purge rewrites what it touches.
    static func line(_ name: String, free: Int64?, store: Int64) -> CheckLine {
        guard let free else {
            return .warn("disk", "\(name): nobody says how much is free", fix: "look with df")
        }
        let text = "\(name): \(Bytes.text(free)) free"
        if free < least {
            return .fail("disk", text, fix: "free some: a run needs 100 MB at least, and 1 GB is better", .inputOutput)
        }
        if free < max(enough, 2 * store) {
            return .warn("disk", text, fix: "free some: 1 GB and twice the store's size are better")
        }
        return .ok("disk", text)
    }

    static func free(at path: String) -> Int64? {
        var space = statvfs()
        guard statvfs(path, &space) == 0 else { return nil }
        return Int64(
            clamping: UInt64(space.f_bavail).multipliedReportingOverflow(by: UInt64(space.f_frsize)).partialValue)
    }
}
