import Crypto
import Foundation
import Testing

@testable import countersign_generate

@Suite struct DataSetTests {
    @Test func `the same seed gives the same bytes, another seed others`() throws {
        let options = ["--decisions", "400", "--conversations", "60", "--messages", "700"]
        let first = try digests(of: DataFolder(options + ["--seed", "7"]))
        let again = try digests(of: DataFolder(options + ["--seed", "7"]))
        let other = try digests(of: DataFolder(options + ["--seed", "8"]))
        #expect(first == again)
        #expect(Set(first.keys) == Set(other.keys))
        // Staff, templates and configuration do not hang on the seed; the six other files do.
        let same = first.filter { other[$0.key] == $0.value }.keys.sorted()
        #expect(same == ["chatwoot/agents.json", "countersign.yml", "templates.json"])
    }

    @Test(arguments: [
        (decisions: 300, conversations: 100, messages: 1000, sync: 300, accounts: 1),
        (decisions: 300, conversations: 51, messages: 200, sync: 1000, accounts: 3),  // more rows than messages
        (decisions: 0, conversations: 30, messages: 29, sync: 0, accounts: 1),  // some without any message
        (decisions: 40, conversations: 1, messages: 0, sync: 7, accounts: 1),
        (decisions: 0, conversations: 0, messages: 0, sync: 0, accounts: 2),
    ])
    func `there is as much of everything as was asked for`(
        decisions: Int, conversations: Int, messages: Int, sync: Int, accounts: Int
    ) throws {
        let folder = try DataFolder([
            "--decisions", "\(decisions)", "--conversations", "\(conversations)", "--messages", "\(messages)",
            "--sync", "\(sync)", "--accounts", "\(accounts)",
        ])
        #expect(try folder.lines("decisions/supabase_decision_log").count == decisions)
        #expect(try folder.lines("decisions/supabase_decision_sync").count == sync)
        #expect(try folder.lines("chatwoot/messages").count == messages)
        let listed = try folder.conversations()
        #expect(listed.count == conversations)
        let keys = try Set(listed.map { "\(try integer($0, "account_id"))/\(try integer($0, "id"))" })
        #expect(keys.count == conversations)
        #expect(try folder.agents().count == 8 * accounts)
    }

    @Test func `decisions and messages speak of conversations that are there`() throws {
        let folder = try DataFolder(["--decisions", "300", "--conversations", "50", "--messages", "500"])
        let listed = try Set(folder.conversations().map { try integer($0, "id") })
        let spoken = try folder.lines("chatwoot/messages").map { try integer($0, "conversation_id") }
        #expect(Set(spoken).isSubset(of: listed))
        let decided = try folder.lines("decisions/supabase_decision_log").compactMap { row in
            try (row["payload"] as? [String: Any]).map { try integer($0, "conversationId") }
        }
        #expect(Set(decided).isSubset(of: listed))
        #expect(decided.count > 250)  // twins alone have no payload, and they are few
    }

    @Test func `an approved reply is the message that was sent, within the same second`() throws {
        let folder = try DataFolder(["--decisions", "300", "--conversations", "50", "--messages", "900"])
        var sent: Set<String> = []
        for message in try folder.lines("chatwoot/messages") {
            guard let content = message["content"] as? String, let at = message["updated_at"] as? String else {
                continue
            }
            sent.insert("\(try integer(message, "conversation_id")) \(at.prefix(19)) \(content)")
        }
        var approved = 0
        for row in try folder.lines("decisions/supabase_decision_log") {
            guard let payload = row["payload"] as? [String: Any], let body = payload["replyBody"] as? String else {
                continue
            }
            let at = try #require(row["createdAt"] as? String)
            approved += 1
            #expect(sent.contains("\(try integer(payload, "conversationId")) \(at.prefix(19)) \(body)"))
        }
        #expect(approved > 100)
    }

    @Test func `nothing lies outside the window`() throws {
        let folder = try DataFolder([
            "--decisions", "500", "--conversations", "200", "--messages", "3000", "--days", "2",
            "--end", "2026-11-02T05:00:00Z",
        ])
        let end = 1_793_595_600  // 2026-11-02T05:00:00Z
        let times =
            try folder.lines("chatwoot/messages").map { try integer($0, "created_at") }
            + folder.conversations().map { try integer($0, "created_at") }
        #expect(times.allSatisfy { (end - 2 * 86_400..<end).contains($0) })
    }

    @Test func `what two exports hold is the whole, with the same ids, and the second is small`() throws {
        let options = ["--decisions", "400", "--conversations", "90", "--messages", "900", "--days", "10"]
        let cut = "2026-11-01T05:00:00Z"
        let whole = try DataFolder(options)
        let first = try DataFolder(options + ["--until", cut])
        let second = try DataFolder(options + ["--from", cut])
        for prefix in ["chatwoot/messages", "decisions/supabase_decision_log", "decisions/supabase_decision_sync"] {
            let all = try texts(whole.lines(prefix))
            let (early, late) = try (texts(first.lines(prefix)), texts(second.lines(prefix)))
            #expect(early.union(late) == all)
            #expect(early.count < all.count && late.count < all.count / 2)
        }
        let ids = [
            try Set(whole.conversations().map { try integer($0, "id") }),
            try Set(first.conversations().map { try integer($0, "id") }),
            try Set(second.conversations().map { try integer($0, "id") }),
        ]
        #expect(ids[1].union(ids[2]) == ids[0])
        #expect(ids[1].isDisjoint(with: ids[2]) == false)  // what goes on is exported again
        let at = 1_793_509_200  // the cut
        #expect(try first.conversations().allSatisfy { try integer($0, "last_activity_at") < at })
        // Nothing has happened since in what the second leaves out.
        let last = try whole.conversations().filter { try integer($0, "last_activity_at") >= at }
        #expect(try Set(last.map { try integer($0, "id") }).isSubset(of: ids[2]))
    }

    private func texts(_ rows: [[String: Any]]) throws -> Set<Data> {
        try Set(rows.map { try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys) })
    }

    @Test func `a folder that holds a data set already is left alone`() throws {
        let folder = try DataFolder([])
        let before = try digests(of: folder)
        #expect(throws: GenerateError.output(path: "\(folder.path)/chatwoot", reason: "File exists")) {
            try DataSet(options: Options(arguments: ["--seed", "9", folder.path])).write()
        }
        #expect(try digests(of: folder) == before)
    }

    private func integer(_ object: [String: Any], _ key: String) throws -> Int {
        try #require(object[key] as? Int, "\(key)")
    }

    private func digests(of folder: borrowing DataFolder) throws -> [String: String] {
        var digests: [String: String] = [:]
        for file in try folder.files() {
            let digest = SHA256.hash(data: try folder.bytes(file))
            digests[file] = digest.map { String($0, radix: 16) }.joined(separator: ".")
        }
        return digests
    }
}
