import CountersignCore
import Foundation
import Testing

@testable import countersign

/// The single looks, where a test cannot make a machine that is so.
@Suite struct DoctorLineTests {
    @Test(
        arguments: [
            (99_999_999, 0, "fail"), (100_000_000, 0, "warn"), (999_999_999, 0, "warn"), (1_000_000_000, 0, "ok"),
            (5_000_000_000, 2_500_000_001, "warn"), (5_000_000_000, 2_500_000_000, "ok"),
        ] as [(Int64, Int64, String)])
    func `free disk is judged by 100 MB, 1 GB and twice the store`(free: Int64, store: Int64, level: String) {
        let line = DiskCheck.line("out", free: free, store: store)
        #expect(line.level.rawValue == level)
        #expect(line.status == (level == "fail" ? .inputOutput : .fine))
    }

    @Test func `a machine without time zone data fails`() {
        let now = Instant(seconds: 1_793_610_000)
        #expect(TimeZoneCheck.line("UTC", at: now, reference: .gmt).status == .config)
        #expect(TimeZoneCheck.line("UTC", at: now, reference: nil).fix == "install the package tzdata")
        #expect(TimeZoneCheck.line("Nowhere/None", at: now).status == .config)
        #expect(TimeZoneCheck.line("Asia/Kolkata", at: now).text == "Asia/Kolkata, UTC+5:30 now, clocks never change")
    }

    @Test func `sizes have three digits at most before the point`() {
        #expect(Bytes.text(999) == "999 bytes")
        #expect(Bytes.text(1000) == "1.0 kB")
        #expect(Bytes.text(999_999) == "999 kB")
        #expect(Bytes.text(3_450_000_000) == "3.4 GB")
    }

    @Test func `lines are no wider than 80 columns, whatever a path holds`() {
        let name = String(repeating: "long/", count: 40) + "\u{1B}[31mred"
        let text = CheckText.text(
            [.fail("input", "\(name): nothing matches this path", fix: "look at \(name)", .inputMissing)],
            subjectWidth: Doctor.subjectWidth)
        let lines = text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 } && lines.count > 5)
        #expect(!text.contains("\u{1B}"))
        #expect(lines.joined().filter { $0 != " " }.contains("long/?[31mred:nothing"))
    }
}
