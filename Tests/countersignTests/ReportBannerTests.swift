import CountersignCore
import CountersignRender
import Testing

@testable import countersign

@Suite struct ReportBannerTests {
    private static func instant(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private func lines(
        asOf: String, cutoff: String? = nil, isRetentionEnabled: Bool = true, erased: Int = 0, incomplete: Int = 0
    ) throws -> [String] {
        ReportBanners(
            period: Report.Period(
                label: "2026-W44", start: try Self.instant("2026-10-26T00:00:00Z"),
                end: try Self.instant("2026-11-02T00:00:00Z")),
            asOf: try Self.instant(asOf), cutoff: try cutoff.map(Self.instant), isRetentionEnabled: isRetentionEnabled,
            erasedCustomers: erased,
            incomplete: (0..<incomplete).map { ("file-\($0 + 1).json", "the file ends in a row") },
            formatting: Formatting(timeZone: "UTC")
        ).lines
    }

    @Test func `a period that has ended needs no word`() throws {
        #expect(try lines(asOf: "2026-11-02T00:00:00Z") == [])
    }

    @Test func `a report of a running or a coming period says so first`() throws {
        let running = try lines(asOf: "2026-10-30T12:00:00Z", isRetentionEnabled: false, incomplete: 1)
        #expect(
            running == [
                "the period has not ended: figures are up to 2026-10-30 12:00",
                "input incomplete: file-1.json: the file ends in a row", "retention is off: nothing is purged",
            ])
        #expect(
            try lines(asOf: "2026-10-26T00:00:00Z")
                == ["the period has not begun: nothing of it is known at 2026-10-26 00:00"])
    }

    @Test func `erased customers are said, since figures are without them`() throws {
        let asOf = "2026-11-02T00:00:00Z"
        #expect(
            try lines(asOf: asOf, erased: 1)
                == ["1 customer was erased since the period began: figures are without their rows"])
        #expect(
            try lines(asOf: asOf, erased: 2)
                == ["2 customers were erased since the period began: figures are without their rows"])
    }

    @Test func `of many incomplete sources the first five are named and the rest counted`() throws {
        #expect(try lines(asOf: "2026-11-02T00:00:00Z", incomplete: 6).count == 6)
        let many = try lines(asOf: "2026-11-02T00:00:00Z", incomplete: 200)
        #expect(many.count == 6)
        #expect(many.last == "input incomplete: and 195 more, see Sources")
    }

    @Test func `a period from before the cut-off says what is gone`() throws {
        let lines = try lines(asOf: "2026-11-02T00:00:00Z", cutoff: "2026-10-27T00:00:00Z")
        #expect(lines.count == 1 && lines[0].contains("retention cut-off, 2026-10-27 00:00"))
    }
}
