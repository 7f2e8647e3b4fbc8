internal import CountersignReport

extension StrictYAML {
    /// A number of bytes, at least 1: `1048576`, `512MiB`, `16GiB`.
    func byteCount() throws(YAMLError) -> Int64 {
        let text = try text()
        let units: [(name: String, shift: Int64)] = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)]
        let unit = units.first { text.hasSuffix($0.name) }
        let digits = text.dropLast(unit == nil ? 0 : 3)
        let isPlain = digits.utf8.allSatisfy { (48...57).contains($0) }
        let (bytes, overflows) = (Int64(digits) ?? 0).multipliedReportingOverflow(by: 1 << (unit?.shift ?? 0))
        guard isPlain, bytes > 0, !overflows else {
            throw error("“\(text)” is not a number of bytes", fix: "write it as 16GiB, 512MiB or 1048576")
        }
        return bytes
    }
}
