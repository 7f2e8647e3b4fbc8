import CountersignCore
import TestSupport
import Testing

@testable import CountersignImport

/// UTF-16 comes out as the UTF-8 that says the same.
struct UTF16TextTests {
    /// What a source of these bytes gives, `chunk` bytes at a time, in reads of `room` bytes.
    private func utf8(_ bytes: [UInt8], chunk: Int = 1 << 20, room: Int = 4096) throws -> [UInt8] {
        var at = 0
        let text = UTF16Text { buffer in
            let count = min(chunk, bytes.count - at, buffer.count)
            buffer.copyBytes(from: bytes[at..<(at + count)])
            at += count
            return count
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 16)
        defer { buffer.deallocate() }
        var all: [UInt8] = []
        while case let count = try text.read(into: buffer), count > 0 { all += buffer[0..<count] }
        return all
    }

    private func utf16(_ units: some Sequence<UInt16>, bigEndian: Bool) -> [UInt8] {
        units.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    @Test(arguments: 1...60)
    func `any text comes through in both orders, with and without a mark, in any pieces`(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        var text = "{\""  // Latin letters first: without a mark they tell the order.
        for _ in 0..<200 {
            let plane: [ClosedRange<UInt32>] = [
                0x20...0x7E, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF,
            ]
            let range = plane.randomElement(using: &random) ?? 0x20...0x7E
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
        for bigEndian in [false, true] {
            for mark in [[], [UInt16(0xFEFF)]] {
                let bytes = utf16(mark + text.utf16, bigEndian: bigEndian)
                let chunk = 1 + random.below(9)
                let found = try utf8(bytes, chunk: chunk, room: 8 + random.below(40))
                #expect(String(decoding: found, as: UTF8.self) == text, "in chunks of \(chunk)")
            }
        }
    }

    @Test func `what is no UTF-16 passes unchanged`() throws {
        for bytes in [Array("{\"id\":1}".utf8), [0xEF, 0xBB, 0xBF, 0x7B], [], [0x7B], [0, 0, 0, 0], [0x7B, 0]] {
            #expect(try utf8(bytes, chunk: 1) == bytes)
        }
    }

    @Test func `half a pair and half a unit cost the row they stand in`() throws {
        func row(_ id: Int, _ name: String = "x") -> String {
            "{\"id\":\(id),\"name\":\"\(name)\",\"email\":\"x@desk.example\",\"role\":\"agent\"}\n"
        }
        var units = Array(row(1).utf16)
        units += row(2, "?").utf16.map { $0 == 0x3F ? 0xD83D : $0 }
        units += row(3, "?").utf16.map { $0 == 0x3F ? 0xDE00 : $0 }
        units += row(4, "🎧").utf16
        let imported = try Imported(bytes: utf16(units, bigEndian: false) + [0x7B])
        #expect(imported.records.staff.map(\.id) == [1, 4])
        #expect(imported.records.rejected.map(\.problem.place.line) == [2, 3, 5])
        #expect(imported.records.rejected.allSatisfy { $0.problem.code == .jsonInvalid })
        #expect(imported.summary.warnings.map(\.code) == [.textTranscoded])
    }
}
