import CountersignCore
import Foundation
import Testing

@testable import CountersignImport

/// What the dashboard's facts and queues tell beside the log.
struct DashboardTests {
    /// A breach in a fact of 14:00 with an SLA of 60 minutes.
    private func breach(_ conversation: String, updatedAt: String = "2025-10-21T14:00:00Z") throws -> BreachSnapshot? {
        try Imported(
            """
            {"factType":"chatwoot.escalations","shopDomain":"a.test","value":[{"id":1,\(conversation)}],\
            "metadata":{"slaMinutes":60},"createdAt":"2025-10-21T14:00:00Z","updatedAt":"\(updatedAt)"}
            """
        ).records.breaches.first
    }

    private static let creation = "\"createdAt\":\"2025-10-21T10:00:00.000Z\""
    private static let lastMessage = "\"lastMessageAt\":\"2025-10-21T11:00:00.000Z\""

    @Test(arguments: [
        // The start, in this order; `created_at` as a number is Chatwoot's.
        ("\(creation),\(lastMessage)", "11:00", false),
        ("\(lastMessage),\"created_at\":1761040800", "12:00", true),
        ("\"created_at\":1761040800", "11:00", false),
        // What was recorded counts.
        ("\(creation),\(lastMessage),\"breachedAt\":\"2025-10-21T10:30:00Z\"", "10:30", false),
    ])
    func `a breach is counted from the start that is known`(
        fields: String, time: String, isApproximate: Bool
    ) throws {
        let breach = try #require(try breach("\"slaBreached\":true,\(fields)"))
        #expect(breach.breachedAt.iso8601 == "2025-10-21T\(time):00.000Z")
        #expect(breach.isApproximate == isApproximate)
    }

    @Test func `a creation as old as the last message is doubted in a fact that was rewritten alone`() throws {
        let fields =
            "\"slaBreached\":true,\(Self.creation),\"lastMessageAt\":\"2025-10-21T12:00:00+02:00\","
            + "\"breachedAt\":\"2025-10-21T11:00:00Z\""
        #expect(try breach(fields)?.isApproximate == false)
        #expect(try breach(fields, updatedAt: "2025-10-22T14:00:00Z")?.isApproximate == true)
        let other = fields.replacing("12:00:00+02:00", with: "12:00:00.001+02:00")
        #expect(try breach(other, updatedAt: "2025-10-22T14:00:00Z")?.isApproximate == false)
    }

    @Test func `what is not breached, or from no known moment, is no breach`() throws {
        #expect(try breach("\"slaBreached\":false,\(Self.creation)") == nil)
        #expect(try breach("\"tags\":[],\(Self.creation)") == nil)
        #expect(try breach("\"slaBreached\":true") == nil)
    }

    @Test func `no record holds a text that no figure needs`() throws {
        var text = ""
        for name in ["approvals", "facts-escalations", "qa-history", "memory-rows"] {
            dump(try Imported(file: Fixture.path("importers/\(name).ndjson"), named: name).records, to: &text)
        }
        #expect(text.contains("it is on its way"))
        for secret in [
            "Where", "Miguel", "Alvarez", "Hi Ann!", "Hi Cy", "Written by hand", "example.test", "Question", "Prompt",
        ] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }
}
