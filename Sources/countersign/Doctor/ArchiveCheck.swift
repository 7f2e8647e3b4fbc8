internal import CountersignStore
internal import Foundation

/// The folder to which loaded files are moved: whether that can be done, and whether retention will find what lies there.
struct ArchiveCheck {
    let configuration: Configuration
    /// `nil` where there is no store yet, or none that can be read.
    let store: StoreState?

    /// None where files stay where they are.
    func lines() -> [CheckLine] {
        guard configuration.afterIngest == .archive else { return [] }
        return [rights()] + unknown()
    }

    private func rights() -> CheckLine {
        let folder = FolderCheck.existing(configuration.archiveFolder)
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        guard isThere, isFolder.boolValue, access(folder, W_OK | X_OK) == 0 else {
            let text = isFolder.boolValue ? "nothing can be written to \(folder)" : "\(folder) is no folder"
            return .fail(
                "archive", "\(text), where loaded files go", fix: "chown, chmod or move it, or set ingest.archive",
                .cannotCreate)
        }
        if folder == configuration.archiveFolder, FolderCheck.mode(folder) & 0o077 != 0 {
            return .warn("archive", "others may look into \(folder)", fix: "chmod 700 \(folder)")
        }
        return .ok("archive", "loaded files can be moved to \(configuration.archivePath)")
    }

    /// Files that retention would never delete: a store that was lost knew them, or someone put them there.
    private func unknown() -> [CheckLine] {
        guard let store else { return [] }
        let known = Set(store.archived.map { configuration.resolve($0.place.path) })
        let others = FileSearch.files(matching: configuration.archiveFolder).filter { !known.contains($0) }
        guard let first = others.first else { return [] }
        let text =
            "\(Age.plural(others.count, "file")) that the store does not know, \(configuration.shortName(of: first)) first"
        return [
            .warn(
                "", "\(text): retention will never delete them",
                fix: "countersign ingest \(configuration.archivePath), or take them away")
        ]
    }
}
