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

    /// Linked folders too, unless they lead up or to a folder that is among them already.
    private static func foldersBelow(_ folder: String) -> [String] {
        let root = realPath(folder)
        var seen: Set<String> = [root]
        var found: [String] = []
        var links: [String] = []
        func walk(_ folder: String) {
            for entry in entries(of: folder) ?? [] where !entry.hasPrefix(".") {
                let path = join(folder, entry)
                guard isFolder(path) else { continue }
                if isLink(path) {
                    links.append(path)
                } else if seen.insert(realPath(path)).inserted {
                    found.append(path)
                    walk(path)
                }
            }
        }
        walk(folder)
        var next = 0
        while next < links.count {
            let target = realPath(links[next])
            if !root.hasPrefix(target + "/"), target != "/", seen.insert(target).inserted {
                found.append(links[next])
                walk(links[next])
            }
            next += 1
        }
        return found
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

    private static func realPath(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    private static func isLink(_ path: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    }
}
