import CountersignCore
import Testing

@testable import CountersignImport

/// Each field reads its times by a rule of its own. 4 May 2026, 09:15:00 UTC is 1777886100.
struct TimeTests {
    private func message(createdAt: String) throws -> Imported {
        try Imported(
            "{\"id\":1,\"conversation_id\":2,\"message_type\":0,\"content\":\"x\",\"created_at\":\(createdAt)}\n")
    }

    @Test(arguments: [
        ("1777886100", 1_777_886_100_000_000),
        ("\"1777886100\"", 1_777_886_100_000_000),
        ("1777886100.482913", 1_777_886_100_482_913),
        ("1.7778861e9", 1_777_886_100_000_000),
        ("\"1777886100.482913\"", 1_777_886_100_482_913),
        ("1777886100482", 1_777_886_100_482_000),
        // 10^11 is still seconds (the year 5138); one more is milliseconds (1973).
        ("100000000000", 100_000_000_000_000_000),
        ("100000000001", 100_000_000_001_000),
        ("\"2026-05-04T09:15:00.482Z\"", 1_777_886_100_482_000),
        ("\"2026-05-04T09:15:00\"", 1_777_886_100_000_000),
        ("\"2026-05-04 09:15:00 UTC\"", 1_777_886_100_000_000),
        ("\"2026-05-04T11:15:00+02:00\"", 1_777_886_100_000_000),
    ])
    func `Chatwoot's numbers are seconds, large ones milliseconds`(text: String, microseconds: Int64) throws {
        #expect(try message(createdAt: text).records.messages.map(\.sentAt.microseconds) == [microseconds])
    }

    @Test(arguments: ["-1", "1e300", "true", "\"soon\"", "\" \"", "[]", "\"2026-02-30T00:00:00Z\"", "\"1777886100 \""])
    func `what is no time rejects the row`(text: String) throws {
        let imported = try message(createdAt: text)
        #expect(imported.records.rejected.map(\.problem.code) == [.dateUnreadable])
        #expect(imported.records.rejected.first?.problem.place.field == "created_at")
    }

    @Test(arguments: ["\"\"", "null"])
    func `an empty text is a missing time, as a table's empty field is`(text: String) throws {
        #expect(try message(createdAt: text).records.rejected.map(\.problem.code) == [.fieldMissing])
    }

    @Test(arguments: [
        ("1761055389118", 1_761_055_389_118_000), ("\"1761055389118\"", 1_761_055_389_118_000),
        ("1761055389118.0", 1_761_055_389_118_000), ("1761055389", 1_761_055_389_000_000),
        ("\"2025-10-21T14:03:09.118\"", 1_761_055_389_118_000),
    ])
    func `a decision's numbers are milliseconds, small ones seconds`(text: String, microseconds: Int64) throws {
        let imported = try Imported("{\"id\":1,\"actor\":\"a\",\"action\":\"b\",\"createdAt\":\(text)}\n")
        #expect(imported.records.decisions.map(\.decidedAt.microseconds) == [microseconds])
    }

    @Test(arguments: [
        // 10^10 is still seconds (2286); one more is milliseconds.
        ("10000000000", 10_000_000_000_000_000), ("10000000001", 10_000_000_001_000),
        ("1760019312.483", 1_760_019_312_483_000),
    ])
    func `a sync attempt's numbers are milliseconds above ten thousand million`(
        text: String, microseconds: Int64
    ) throws {
        let imported = try Imported("{\"decisionId\":1,\"status\":\"ok\",\"timestamp\":\(text)}\n")
        #expect(imported.records.attempts.map(\.at.microseconds) == [microseconds])
    }

    @Test(arguments: [
        ("0", nil), ("null", nil), ("1777886100", 1_777_886_100), ("\"2026-05-04T09:15:00Z\"", 1_777_886_100),
    ])
    func `a first reply at 0 is none`(text: String, seconds: Int64?) throws {
        let imported = try Imported(
            "{\"id\":1,\"inbox_id\":2,\"status\":\"open\",\"created_at\":1777886000,\"first_reply_created_at\":\(text)}\n"
        )
        #expect(imported.records.conversations.map(\.firstReplyAt) == [seconds.map { Instant(seconds: $0) }])
    }
}
