internal import CountersignCore
internal import CountersignImport
internal import Foundation

/// Holds one folder of reports against the entries that name it.
struct ReportFolderCheck {
    enum Outcome {
        /// As an entry has it; `isNewest` is false where a run that did not finish left the one before.
        case equal(LedgerReading.WrittenReport, files: Int, isNewest: Bool)
        /// Nothing is there: taken by retention, or never come to its place.
        case gone(byRetention: Bool)
        /// What differs from the newest entry.
        case differs([String])
    }

    let reading: LedgerReading
    let configuration: Configuration

    func outcome(_ folder: String) -> Outcome {
        let path = configuration.resolve(folder)
        let candidates = reading.candidates(folder)
        var first: [String]?
        for (index, candidate) in candidates.enumerated() {
            guard let report = candidate else {
                if !FileManager.default.fileExists(atPath: path) { return .gone(byRetention: false) }
                continue
            }
            if !FileManager.default.fileExists(atPath: path), reading.isGone(nil, of: report) {
                return .gone(byRetention: true)
            }
            let found = differences(report, at: path)
            if found.isEmpty { return .equal(report, files: report.files.count, isNewest: index == 0) }
            first = first ?? found
        }
        return .differs(first ?? [])
    }

    private func differences(_ report: LedgerReading.WrittenReport, at path: String) -> [String] {
        var found: [String] = []
        for (file, digest) in report.files.sorted(by: { $0.key < $1.key }) {
            let name = "\(report.folder)/\(file)"
            guard FileManager.default.fileExists(atPath: "\(path)/\(file)") else {
                if !reading.isGone(file, of: report) {
                    found.append("\(name) is missing: entry \(report.seq) names it")
                }
                continue
            }
            let now = try? SourceFile.sha256(path: "\(path)/\(file)", named: name)
            if now != digest {
                found.append("\(name) has the SHA-256 \(now ?? "–"), entry \(report.seq) has \(digest)")
            }
        }
        return found + strangers(report, at: path)
    }

    private func strangers(_ report: LedgerReading.WrittenReport, at path: String) -> [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { report.files[$0] == nil }.compactMap { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            return isFolder.boolValue ? nil : "\(report.folder)/\(name) is in no entry: \(report.seq) does not name it"
        }
    }
}
