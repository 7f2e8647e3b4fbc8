import CountersignCore
import Foundation
import TestSupport
import Testing

@testable import CountersignImport

/// Packed sources give what is inside them, wherever they are cut, and no more than is allowed.
struct UnpackingTests {
    private static let agents = (try? bytes("agents.ndjson")) ?? []

    private static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: Fixture.path("importers/\(name)"))))
    }

    static let packed = ["agents-gzip.json", "agents-gzip-members.gz", "agents-zstd.ndjson", "agents-zstd-frames.zst"]

    @Test(arguments: packed)
    func `a packed source gives the same rows as the plain one wherever it is cut`(name: String) throws {
        let plain = try Imported(bytes: UnpackingTests.agents)
        #expect(plain.records.staff.count == 2)
        let bytes = try UnpackingTests.bytes(name)
        for cut in 1..<bytes.count {
            let imported = try Imported(bytes: bytes) { at in at < cut ? cut - at : bytes.count - at }
            #expect(imported.records.staff == plain.records.staff, "cut at \(cut)")
            #expect(imported.summary.rowsRead == 2)
        }
        let single = try Imported(bytes: bytes) { _ in 1 }
        #expect(single.records.staff == plain.records.staff)
    }

    @Test(arguments: packed)
    func `digest and size are those of the file and not of what is in it`(name: String) throws {
        let bytes = try UnpackingTests.bytes(name)
        let summary = try Imported(bytes: bytes).summary
        #expect(summary.bytes == Int64(bytes.count))
        #expect(summary.sha256 == Digest256.hexadecimal(of: bytes))
    }

    @Test(arguments: packed)
    func `a packed source that ends anywhere before its end is refused`(name: String) throws {
        let bytes = try UnpackingTests.bytes(name)
        // Where a member ends the source may end too: it is then one that was never longer.
        let whole = Set(name.contains("gzip") ? [] : [0])
        for end in 4..<bytes.count where !whole.contains(end) {
            do {
                let imported = try Imported(bytes: Array(bytes[..<end]))
                #expect(name.contains("members") || name.contains("frames"), "\(end) of \(bytes.count) bytes")
                #expect(imported.records.staff.count <= 2)
            } catch let problem as Problem {
                #expect(problem.code == .fileCorrupt, "\(end) of \(bytes.count) bytes: \(problem)")
            }
        }
    }

    @Test(arguments: 1...300)
    func `changed bytes crash nothing and never pass for the source`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let name = UnpackingTests.packed.randomElement(using: &random) ?? ""
        var bytes = try UnpackingTests.bytes(name)
        let at = 4 + random.below(bytes.count - 4)
        let before = bytes[at]
        bytes[at] = UInt8.random(in: .min ... .max, using: &random)
        do {
            let imported = try Imported(bytes: bytes) { _ in 17 }
            // What the change hit was no data: padding, a name, a time, what a skippable frame holds.
            if bytes[at] != before, name == "agents-zstd.ndjson" { #expect(imported.records.staff.count == 2) }
        } catch let problem as Problem {
            #expect([.fileCorrupt, .fileTooLarge].contains(problem.code), "\(problem)")
        }
    }

    @Test func `a limit of bytes holds for what comes out`() throws {
        let size = Int64(UnpackingTests.agents.count)
        for name in UnpackingTests.packed + ["agents.ndjson"] {
            let bytes = try UnpackingTests.bytes(name)
            let imported = try Imported(bytes: bytes, maxFileBytes: size)
            #expect(imported.records.staff.count == 2)
            let problem = #expect(throws: Problem.self) { _ = try Imported(bytes: bytes, maxFileBytes: size - 1) }
            #expect(problem?.code == .fileTooLarge)
        }
    }

    @Test func `a bomb is given up after the first MiB and not when it has gone off`() throws {
        let bomb = try Array(Data(contentsOf: URL(filePath: Fixture.path("problems/file-bomb/input.ndjson.zst"))))
        var at = 0
        let unpacker = Unpacker(name: "bomb", limit: 1 << 40) { buffer in
            let count = min(bomb.count - at, buffer.count)
            buffer.copyBytes(from: bomb[at..<(at + count)])
            at += count
            return count
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        let problem = #expect(throws: Problem.self) { while try unpacker.read(into: buffer) > 0 {} }
        #expect(problem?.code == .fileBomb)
        #expect(unpacker.bytesOut <= (1 << 20) + (64 << 10))
    }
}
