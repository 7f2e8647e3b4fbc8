import CountersignCore
import Testing

@testable import countersign_generate

@Suite struct OptionsTests {
    @Test(arguments: [
        ([], "name the folder to write"),
        (["a", "b"], "“b”: only one folder can be written"),
        (["--seed"], "--seed needs a value"),
        (["--seed", "x", "a"], "--seed: “x” is no whole number from 0 up"),
        (["--days", "0", "a"], "--days: “0” is no whole number from 1 up"),
        (["--end", "today", "a"], "--end: “today” is no time; write it as 2026-11-02T05:00:00Z"),
        (["--from", "today", "a"], "--from: “today” is no time; write it as 2026-11-02T05:00:00Z"),
        (["--rows", "1", "a"], "unknown option --rows"),
        (["--conversations", "0", "a"], "messages and decisions need at least one conversation"),
        (["--decisions", "0", "--sync", "1", "a"], "sync attempts need at least one decision"),
    ])
    func `a wrong command line is named, with its remedy`(arguments: [String], message: String) {
        #expect(throws: GenerateError.usage(message)) { try Options(arguments: arguments) }
    }

    @Test func `the window ends with week 44 of 2026 in Toronto unless told otherwise`() throws {
        #expect(try Options(arguments: ["out"]).end.iso8601 == "2026-11-02T05:00:00.000Z")
    }
}
