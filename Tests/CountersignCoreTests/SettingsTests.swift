import CountersignCore
import Testing

@Suite struct SettingsTests {
    @Test(arguments: [
        ("mock-shop*", "mock-shop", true), ("mock-shop*", "Mock-Shop-3.example", true),
        ("mock-shop*", "my-mock-shop", false),
        ("__aggregate__", "__aggregate__", true), ("__aggregate__", "__aggregate__2", false),
        ("*@bots.example", "a@bots.example", true), ("*@bots.example", "a@bots.example.org", false),
        ("a*b*c", "a1b2c", true), ("a*b*c", "acb", false), ("a*a", "a", false), ("*", "", true), ("*", "x", true),
        ("a*ab*b", "aab", false), ("", "", true), ("", "x", false), ("a.c", "abc", false),
    ])
    func `a star stands for any text, everything else for itself`(pattern: String, name: String, isMatch: Bool) {
        #expect(NamePattern(pattern).matches(name) == isMatch)
    }

    @Test(arguments: [
        ("chatwoot.approve_send", ActionKind.approveSend), ("chatwoot.reply.late", .templateReply),
        ("chatwoot.escalate", .escalate), ("chatwoot.mark_resolved", .resolve), ("desk.close", .resolve),
        ("chatwoot.replied", .unknown), ("Chatwoot.escalate", .unknown), ("", .unknown),
    ])
    func `an action means what kpis.md says, or what it is mapped to`(action: String, kind: ActionKind) {
        #expect(ActionKind(action: action, further: ["desk.close": .resolve]) == kind)
    }

    @Test func `a mapping does not change what a known action means`() {
        #expect(ActionKind(action: "chatwoot.escalate", further: ["chatwoot.escalate": .resolve]) == .escalate)
        #expect(ActionKind.template(ofAction: "chatwoot.reply.late") == "late")
        #expect(ActionKind.template(ofAction: "chatwoot.reply.") == nil)
        #expect(ActionKind.template(ofAction: "chatwoot.approve_send") == nil)
    }

    @Test func `totals balance when every row has one fate`() {
        var totals = ControlTotals()
        totals.read = 21
        (totals.loaded, totals.unchanged, totals.duplicate) = (1, 2, 3)
        (totals.rejected, totals.excluded, totals.expired) = (4, 5, 6)
        #expect(totals.isBalanced)
        var sum = totals
        sum += totals
        #expect(sum.isBalanced && sum.read == 42 && sum.expired == 12)
        sum.duplicate += 1
        #expect(!sum.isBalanced)
    }
}
