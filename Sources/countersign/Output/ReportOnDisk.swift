internal import CountersignCore
internal import Foundation

/// A KPI document that was written, with the manifest beside it.
struct ReportOnDisk {
    let run: DocumentedRun
    /// Why nothing is known of its run; `nil` where its manifest speaks of it.
    let note: String?

    /// - Parameter path: a folder that holds `kpis.json`, or a KPI document under any name.
    /// - Throws: `Failure` 66 for what is not there, 65 for what is no KPI document.
    init(_ path: String) throws(Failure) {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let file = isFolder.boolValue ? "\(path)/kpis.json" : path
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(
                .inputMissing,
                "\(file): error: there is no such file, or it may not be read [file-missing]\n"
                    + "  fix: name a folder of reports, or a kpis.json")
        }
        func failure(_ line: Int, _ message: String) -> Failure {
            Failure(
                .inputRejected,
                "\(file):\(line): error: \(message) [not-a-kpi-document]\n"
                    + "  fix: name a kpis.json that countersign wrote (\(DocumentedRun.schema))")
        }
        let kpis: Document
        do throws(DocumentError) {
            kpis = try Document(json: [UInt8](data))
        } catch {
            throw failure(error.line, error.message)
        }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        let manifest = Self.manifest(folder)
        let isOfThis = manifest.map { Self.speaks($0, of: data) } ?? false
        guard let run = DocumentedRun(kpis: kpis, manifest: isOfThis ? manifest : nil) else {
            throw failure(1, "this is no KPI document of this version")
        }
        self.run = run
        note =
            switch (isOfThis, manifest != nil) {
            case (true, _): nil
            case (false, true): "\(path): the manifest.json beside it speaks of another kpis.json"
            case (false, false): "\(path): there is no manifest.json beside it"
            }
    }

    private static func manifest(_ folder: String) -> Document? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/manifest.json"),
            let manifest = try? Document(json: [UInt8](data)), manifest["schema"]?.string == Manifest.schema
        else { return nil }
        return manifest
    }

    private static func speaks(_ manifest: Document, of data: Data) -> Bool {
        let digest = Digest256.hexadecimal(of: data)
        return (manifest["files"]?.items ?? []).contains { $0["sha256"]?.string == digest }
    }
}
