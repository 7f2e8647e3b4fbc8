internal import Foundation

/// Finds the files that an input path means: a file, a folder (all files below it), or a glob (`*`, `?`, `[…]`, `**`).
///
/// Nothing that should be read is left out in silence: a folder that cannot be listed and a link that leads nowhere
/// are among the results, so that whoever opens them says what is wrong.
enum FileSearch {
    /// Sorted by path; hidden ones only where the pattern names them.
    static func files(matching pattern: String) -> [String] {
        if !isGlob(pattern) {
            guard FileManager.default.fileExists(atPath: pattern) else { return [] }
            return isFolder(pattern) ? filesBelow(pattern) : [pattern]
        }
        let parts = pattern.split(separator: "/").map(String.init)
        let roots = [pattern.hasPrefix("/") ? "/" : "."]
        return Set(
            parts.indices.reduce(roots) { folders, index in
                folders.flatMap { expand($0, parts[index], isLast: index == parts.count - 1) }
            }
        ).sorted()
    }

    private static func isGlob(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

    private static func expand(_ folder: String, _ part: String, isLast: Bool) -> [String] {
        if part == "**" { return isLast ? filesBelow(folder) : [folder] + foldersBelow(folder) }
        if !isGlob(part) {
            // Not looked up in the listing: one may pass through a folder that one may not list.
            let path = join(folder, part)
            return FileManager.default.fileExists(atPath: path) && isFolder(path) != isLast ? [path] : []
        }
        guard let entries = entries(of: folder) else { return [folder] }
        return entries.filter { fnmatch(part, $0, FNM_PERIOD) == 0 }
            .map { join(folder, $0) }
            .filter { isFolder($0) != isLast }
    }

    private static func filesBelow(_ folder: String) -> [String] {
        ([folder] + foldersBelow(folder)).flatMap { folder in
            guard let entries = entries(of: folder) else { return [folder] }
            return entries.filter { !$0.hasPrefix(".") }.map { join(folder, $0) }.filter { !isFolder($0) }
        }.sorted()
    }

    private static func foldersBelow(_ folder: String) -> [String] {
        (entries(of: folder) ?? []).filter { !$0.hasPrefix(".") }.map { join(folder, $0) }
            .filter { isFolder($0) && !isLink($0) }
            .flatMap { [$0] + foldersBelow($0) }
    }

    /// `nil` where the folder cannot be listed.
    private static func entries(of folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// A linked folder is not entered: it could lead back up.
    private static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }
}
