import CountersignCore
import Testing

@testable import CountersignImport

/// Chatwoot's event lines (English), with names that hold the words of the sentences.
struct ActivityTests {
    private static func activity(_ kind: Activity.Kind, by actor: String?, _ subject: String? = nil) -> Activity {
        Activity(kind: kind, actor: actor, subject: subject)
    }

    static let lines: [(String, [Activity])] = [
        ("Mara Vogt added escalation", [activity(.labelAdded, by: "Mara Vogt", "escalation")]),
        (
            "Mara Vogt added Escalation, billing_2",
            [activity(.labelAdded, by: "Mara Vogt", "escalation"), activity(.labelAdded, by: "Mara Vogt", "billing_2")]
        ),
        ("Mara Vogt removed escalation", [activity(.labelRemoved, by: "Mara Vogt", "escalation")]),
        ("Sam added VIP added escalation", [activity(.labelAdded, by: "Sam added VIP", "escalation")]),
        ("Sam added VIP removed escalation", [activity(.labelRemoved, by: "Sam added VIP", "escalation")]),
        ("Sam removed it added escalation", [activity(.labelAdded, by: "Sam removed it", "escalation")]),
        ("Assigned to Bob added escalation", [activity(.labelAdded, by: "Assigned to Bob", "escalation")]),
        (
            "Zoë 🌻 added überfällig, 退款",
            [
                activity(.labelAdded, by: "Zoë 🌻", "überfällig"), activity(.labelAdded, by: "Zoë 🌻", "退款"),
            ]
        ),
        ("Automation System added escalation", [activity(.labelAdded, by: nil, "escalation")]),
        ("Mara Vogt added SLA policy Gold", []),
        ("Mara Vogt added SLA policy Gold added silver", []),
        ("Mara Vogt removed SLA policy Gold", []),
        ("Mara Vogt removed the priority", []),
        ("Mara Vogt set the priority to high", []),
        ("Mara Vogt added escalation, two words", []),
        ("Mara Vogt added escalation,, billing", []),
        ("Mara Vogt added ", []),
        (" added escalation", []),
        ("Mara Vogt self-assigned this conversation", [activity(.assigned, by: "Mara Vogt", "Mara Vogt")]),
        ("Assigned to Tom Ash by Mara Vogt", [activity(.assigned, by: "Mara Vogt", "Tom Ash")]),
        ("Assigned to Tom by the Sea by Mara Vogt", [activity(.assigned, by: "Mara Vogt", "Tom by the Sea")]),
        ("Assigned to Tom Ash via billing team by Mara Vogt", [activity(.assigned, by: "Mara Vogt", "Tom Ash")]),
        ("Assigned to Tom Ash by Automation System via Night shift", [activity(.assigned, by: nil, "Tom Ash")]),
        ("Assigned to Tom Ash by Default Policy", [activity(.assigned, by: nil, "Tom Ash")]),
        ("Conversation unassigned by Mara Vogt", [activity(.unassigned, by: "Mara Vogt")]),
        ("Unassigned from billing team by Mara Vogt", [activity(.unassigned, by: "Mara Vogt", "billing team")]),
        ("Conversation was marked resolved by Mara Vogt", [activity(.resolved, by: "Mara Vogt")]),
        ("Conversation was marked resolved by Mara Vogt (Berlin)", [activity(.resolved, by: "Mara Vogt (Berlin)")]),
        ("Conversation was marked resolved by system due to 1 days of inactivity", [activity(.resolved, by: nil)]),
        ("Conversation was marked resolved by Captain due to inactivity", [activity(.resolved, by: "Captain")]),
        ("Conversation was marked resolved by Captain: the customer is content", [activity(.resolved, by: "Captain")]),
        ("Conversation was marked resolved by Captain (the customer is content)", [activity(.resolved, by: "Captain")]),
        ("Conversation was resolved by Ines roth", [activity(.resolved, by: nil)]),
        ("Conversation was reopened by Mara Vogt", [activity(.reopened, by: "Mara Vogt")]),
        ("System reopened the conversation due to a new incoming message.", [activity(.reopened, by: nil)]),
        ("Conversation was marked as pending by Mara Vogt", [activity(.pending, by: "Mara Vogt")]),
        ("Conversation was snoozed by Mara Vogt", [activity(.snoozed, by: "Mara Vogt")]),
        ("Conversation was marked open by Captain", []),
        ("Mara Vogt has muted the conversation", []),
        ("Das Gespräch wurde von Mara Vogt gelöst", []),
        ("", []),
    ]

    @Test(arguments: lines)
    func `an event line says what changed and who did it`(line: String, expected: [Activity]) {
        #expect(Activity.read(Substring(line)) == expected)
    }
}
