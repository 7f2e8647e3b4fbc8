internal import CountersignCore

/// The text of a source that must be known to its end before its first row can be read.
enum WholeText {
    /// Of a report, which has a row for each agent or hour.
    static let longest = 16 << 20

    static func bytes(_ window: inout ByteWindow, skipping: Int, file: String) throws -> [UInt8] {
        while try window.extend(dropping: 0) {
            guard window.count <= longest else {
                throw Problem(
                    .fileTooLarge, at: SourcePlace(file: file, line: 0), "this report is longer than 16 MiB",
                    fix: "download it for a shorter period")
            }
        }
        return Array(window.bytes.dropFirst(skipping))
    }
}
