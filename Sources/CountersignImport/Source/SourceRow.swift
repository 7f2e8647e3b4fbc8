public import CountersignCore

/// One row on its own, such as one from quarantine.
public enum SourceRow {
    /// - Returns: the row's records; `nil` where it is still none.
    public static func read(
        _ bytes: [UInt8], file: String, line: Int, context: ImportContext
    ) throws -> RecordBatch? {
        var at = 0
        var reader = SourceReader(name: file, context: context, batchSize: 1, firstLine: line) { buffer in
            let count = min(bytes.count - at, buffer.count)
            buffer.copyBytes(from: bytes[at..<(at + count)])
            at += count
            return count
        }
        var found: RecordBatch?
        var isWhole = true
        do {
            _ = try reader.read { batch in
                isWhole = isWhole && found == nil && batch.rejected.isEmpty
                found = batch
            }
        } catch is Problem {
            return nil
        }
        return isWhole ? found : nil
    }
}
