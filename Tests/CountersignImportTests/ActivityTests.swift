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
        ("Mara Vogt added SLA policy Gold, silver", []),
        ("Mara Vogt removed SLA policy Gold", []),
        ("Mara Vogt removed SLA policy Gold removed silver", []),
        ("Mara Vogt removed the priority", []),
        ("Mara Vogt set the priority to high", []),
        ("Mara Vogt changed the priority from low to high", []),
        ("Sam added VIP removed the priority", []),
        // An item that is no label is passed over.
        ("Mara Vogt added escalation, two words", [activity(.labelAdded, by: "Mara Vogt", "escalation")]),
        (
            "Mara Vogt added escalation,, billing",
            [activity(.labelAdded, by: "Mara Vogt", "escalation"), activity(.labelAdded, by: "Mara Vogt", "billing")]
        ),
        ("Mara Vogt removed pre-escalation", [activity(.labelRemoved, by: "Mara Vogt", "pre-escalation")]),
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
        ("Conversation was marked open by Captain", [activity(.reopened, by: "Captain")]),
        (
            "Conversation was marked open by Captain (the customer asked for a human)",
            [activity(.reopened, by: "Captain")]
        ),
        ("Conversation was marked open automatically after an agent reply", [activity(.reopened, by: nil)]),
        ("Conversation was marked open by system due to an error with the agent bot.", [activity(.reopened, by: nil)]),
        ("Tom Ash self-assigned this conversation", [activity(.assigned, by: "Tom Ash", "Tom Ash")]),
        (
            "Assigned to Bob by Sea self-assigned this conversation",
            [activity(.assigned, by: "Assigned to Bob by Sea", "Assigned to Bob by Sea")]
        ),
        // Teams are in lower case: this one is part of the name.
        ("Assigned to Sam via Bonn by Mara Vogt", [activity(.assigned, by: "Mara Vogt", "Sam via Bonn")]),
        ("Assigned to Sam via Bonn via night by Mara Vogt", [activity(.assigned, by: "Mara Vogt", "Sam via Bonn")]),
        ("Assigned to Tom by Automation System via Day by day", [activity(.assigned, by: nil, "Tom")]),
        ("Conversation was marked resolved by Automation System", [activity(.resolved, by: nil)]),
        ("Conversation was marked resolved by system due to 40 minutes of inactivity", [activity(.resolved, by: nil)]),
        ("Mara Vogt has muted the conversation", []),
        ("Mara Vogt has unmuted the conversation", []),
        ("CSAT survey not sent due to outgoing message restrictions", []),
        ("Auto-resolve message not sent due to outgoing message restrictions", []),
        ("Linear issue ENG-1 was created by Mara Vogt", []),
        ("Linear issue ENG-1 was unlinked by Mara Vogt", []),
        ("Sent a call permission request to Ines Roth.", []),
        ("Ines Roth accepted the call permission request.", []),
    ]

    static let otherLanguages: [(String, [Activity])] = [
        (
            "Mara Vogt hat escalation, billing hinzugefügt",
            [activity(.labelAdded, by: "Mara Vogt", "escalation"), activity(.labelAdded, by: "Mara Vogt", "billing")]
        ),
        ("Wer hat Zeit hat escalation hinzugefügt", [activity(.labelAdded, by: "Wer hat Zeit", "escalation")]),
        ("Das Gespräch wurde von Mara Vogt gelöst", [activity(.resolved, by: "Mara Vogt")]),
        ("Das Gespräch wurde von Mara Vogt wieder eröffnet", [activity(.reopened, by: "Mara Vogt")]),
        ("Mara Vogt hat sich dieses Gespräch selbst zugewiesen", [activity(.assigned, by: "Mara Vogt", "Mara Vogt")]),
        ("Mara Vogt agregó escalation", [activity(.labelAdded, by: "Mara Vogt", "escalation")]),
        ("La conversación fue marcada por Mara Vogt", [activity(.resolved, by: "Mara Vogt")]),
        ("La conversación fue reabierta por Mara Vogt", [activity(.reopened, by: "Mara Vogt")]),
        ("Mara Vogt auto-asignado a esta conversación", [activity(.assigned, by: "Mara Vogt", "Mara Vogt")]),
        ("Mara Vogt a ajouté escalation", [activity(.labelAdded, by: "Mara Vogt", "escalation")]),
        ("La conversation a été marquée résolue par Mara Vogt", [activity(.resolved, by: "Mara Vogt")]),
        ("La conversation a été ré-ouverte par Mara Vogt", [activity(.reopened, by: "Mara Vogt")]),
        ("Mara Vogt s'est auto-assigné cette conversation", [activity(.assigned, by: "Mara Vogt", "Mara Vogt")]),
        ("Mara Vogt adicionou escalation", [activity(.labelAdded, by: "Mara Vogt", "escalation")]),
        ("Conversa foi marcada como resolvida por Mara Vogt", [activity(.resolved, by: "Mara Vogt")]),
        ("Conversa foi reaberta por Mara Vogt", [activity(.reopened, by: "Mara Vogt")]),
        ("Mara Vogt atribuiu a si mesmo essa conversa", [activity(.assigned, by: "Mara Vogt", "Mara Vogt")]),
        ("Mara Vogt ha aggiunto escalation", [activity(.labelAdded, by: "Mara Vogt", "escalation")]),
        ("La conversazione è stata contrassegnata come risolta da Mara Vogt", [activity(.resolved, by: "Mara Vogt")]),
        ("La conversazione è stata riaperta da Mara Vogt", [activity(.reopened, by: "Mara Vogt")]),
        ("Mara Vogt si è assegnato a questa conversazione", [activity(.assigned, by: "Mara Vogt", "Mara Vogt")]),
        ("Мара Фогт добавил escalation", [activity(.labelAdded, by: "Мара Фогт", "escalation")]),
        ("Мара Фогт завершил диалог", [activity(.resolved, by: "Мара Фогт")]),
        ("Мара Фогт открыл заново диалог", [activity(.reopened, by: "Мара Фогт")]),
        ("Мара Фогт назначил(а) разговор себе", [activity(.assigned, by: "Мара Фогт", "Мара Фогт")]),
        ("Automation System hat escalation hinzugefügt", [activity(.labelAdded, by: nil, "escalation")]),
    ]

    @Test(arguments: otherLanguages)
    func `an event line is read in the languages whose texts are known`(line: String, expected: [Activity]) {
        #expect(Activity.read(Substring(line)) == expected)
    }

    /// Czech says “removed” where it means “added”.
    @Test(arguments: [
        "Mara Vogt odstranil/a escalation", "Mara Vogt hat SLA-Richtlinie Gold hinzugefügt",
        "Mara Vogt added two words",
        "Conversation tagged as escalation", "Mara Vogt added ", " added escalation", "Das Gespräch wurde von gelöst",
        "",
    ])
    func `a line that fits no sentence says nothing and is counted`(line: String) throws {
        #expect(Activity.read(Substring(line)) == nil)
        let row = """
            {"id":1,"conversation_id":2,"message_type":2,"created_at":1777886100,"content":"LINE"}

            """
        let imported = try Imported(row.replacing("LINE", with: line) + row.replacing("LINE", with: "A added b"))
        #expect(imported.summary.linesNotUnderstood == (line.isEmpty ? 0 : 1))
        #expect(imported.records.messages.map(\.activities.count) == [0, 1])
    }

    @Test(arguments: lines)
    func `an event line says what changed and who did it`(line: String, expected: [Activity]) {
        #expect(Activity.read(Substring(line)) == expected)
    }
}
