public import CountersignCore

/// A source that is in memory: a row from quarantine, or what a test made.
public struct SourceBytes {
    private let bytes: [UInt8]
    private let name: String
    private let firstLine: Int

    /// - Parameters:
    ///   - name: what problems call it.
    ///   - firstLine: where it begins in the file that it was taken from.
    public init(_ bytes: [UInt8], named name: String, firstLine: Int = 1) {
        self.bytes = bytes
        self.name = name
        self.firstLine = firstLine
    }

    /// Like `SourceFile.read`.
    public func read(
        context: ImportContext, batch size: Int = 8192, into sink: (inout RecordBatch) throws -> Void
    ) throws -> SourceSummary {
        var at = 0
        var reader = SourceReader(name: name, context: context, batchSize: size, firstLine: firstLine) { buffer in
            let count = min(bytes.count - at, buffer.count)
            buffer.copyBytes(from: bytes[at..<(at + count)])
            at += count
            return count
        }
        return try reader.read(into: sink)
    }

    /// The records of the one row that it is.
    ///
    /// - Returns: a failure where it is no row of a known kind, or none that can be loaded.
    public func row(context: ImportContext) throws -> Result<RecordBatch, Problem> {
        var batches: [RecordBatch] = []
        do {
            _ = try read(context: context) { batches.append($0) }
        } catch let problem as Problem {
            return .failure(problem)
        }
        if let rejected = batches.lazy.flatMap(\.rejected).first { return .failure(rejected.problem) }
        guard batches.count == 1, let batch = batches.first, batch.rows.count == 1 else {
            return .failure(
                Problem(
                    .kindUnknown, at: SourcePlace(file: name, line: firstLine), "this is not one row",
                    fix: "mend it in its file and ingest this"))
        }
        return .success(batch)
    }
}
