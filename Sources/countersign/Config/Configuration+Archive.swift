internal import Foundation

/// `ingest.archive`: where files of the inputs are moved once they are loaded.
extension Configuration {
    var archiveFolder: String { Self.standard(resolve(archivePath)) }

    /// Whether a path lies in the archive, by its folder as the file system has it.
    func isInArchive(_ path: String) -> Bool {
        let folder = Self.real(archiveFolder)
        let parent = Self.real(URL(fileURLWithPath: Self.standard(path)).deletingLastPathComponent().path)
        return parent == folder || parent.hasPrefix(folder + "/")
    }

    /// The files that a path of the config means. What was archived is none of them any more.
    func files(ofInput path: String) -> [String] {
        let found = FileSearch.files(matching: resolve(path))
        guard afterIngest == .archive else { return found }
        let archive = Self.real(archiveFolder)
        var folders: [String: Bool] = [:]
        return found.filter { file in
            let folder = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex))
            let isArchive =
                folders[folder]
                ?? {
                    let real = Self.real(Self.standard(folder))
                    return real == archive || real.hasPrefix(archive + "/")
                }()
            folders[folder] = isArchive
            return !isArchive
        }
    }

    /// - Throws: `Failure` 78 where an input lies in the archive: it would be left out for ever.
    func checkArchive() throws(Failure) {
        guard afterIngest == .archive else { return }
        for input in inputs {
            let parts = resolve(input.path).split(separator: "/", omittingEmptySubsequences: false)
            let fixed = parts.prefix { part in !part.contains { "*?[".contains($0) } }.joined(separator: "/")
            let root = Self.standard(fixed.isEmpty ? "/" : fixed)
            guard root == archiveFolder || root.hasPrefix(archiveFolder + "/") else { continue }
            throw Failure(
                .config,
                "countersign.yml:ingest.archive: error: the input “\(input.path)” lies in the archive “\(archivePath)”,"
                    + " so that none of its files would be read [config]\n"
                    + "  fix: give ingest.archive a folder that no input begins in")
        }
    }

    /// Without `.` and `..`; links stay as they are.
    static func standard(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// With links followed, also where the last parts of a path are not there yet.
    private static func real(_ path: String) -> String {
        var (path, rest) = (path, [String]())
        while true {
            if let found = realpath(path, nil) {
                defer { free(found) }
                return ([String(cString: found)] + rest.reversed()).joined(separator: "/")
            }
            guard path.count > 1, let slash = path.lastIndex(of: "/") else { return path }
            rest.append(String(path[path.index(after: slash)...]))
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
    }
}
