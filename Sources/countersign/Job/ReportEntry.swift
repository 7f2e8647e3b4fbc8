internal import CountersignCore
internal import CountersignImport
internal import CountersignReport
internal import Foundation

/// The entry `report.written` of one folder. It is written before the folder comes to its place: a run that is killed in
/// between leaves an entry that says too much, and never a report that no entry knows.
struct ReportEntry {
    let session: Session
    let window: ReportWindow
    /// Where the folder will stand.
    let folder: String

    private var name: String { session.configuration.shortName(of: folder) }

    /// - Parameter written: the folder as it will be, under another name yet.
    func write(_ written: String) throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: written).sorted().compactMap { file in
            let path = "\(written)/\(file)"
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { return Document?.none }
            return .object([
                .init("file", .string(file)), .init("bytes", .int(attributes[.size] as? Int ?? 0)),
                .init("sha256", .string(try SourceFile.sha256(path: path, named: file))),
            ])
        }
        try session.enter(
            .reportWritten,
            [
                .init("window", .string(window.label)), .init("folder", .string(name)), .init("files", .array(files)),
            ])
        session.unsettledFolders.append(name)
    }

    /// The folder is in its place.
    func settle() { session.unsettledFolders.removeAll { $0 == name } }
}
