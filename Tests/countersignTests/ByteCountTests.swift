import CountersignReport
import Testing

@testable import countersign

@Suite struct ByteCountTests {
    @Test(arguments: [("1", 1), ("1048576", 1 << 20), ("64KiB", 64 << 10), ("512MiB", 512 << 20), ("16GiB", 16 << 30)])
    func `bytes may be counted in units`(text: String, count: Int64) throws {
        #expect(try StrictYAML(scalar: text, from: "environment").byteCount() == count)
    }

    @Test(arguments: ["0", "-1", "", "16 GiB", "16GB", "1.5GiB", "GiB", "99999999999TiB", "+1"])
    func `what is no number of bytes is refused`(text: String) {
        #expect(throws: YAMLError.self) { try StrictYAML(scalar: text, from: "environment").byteCount() }
    }
}
