public import CountersignCore
internal import Yams

/// `escalations.yml`: one document per escalation, in the shape of handle-escalation's `escalation_report`. A field that no
/// source provides is null, never invented (kpis.md §11).
public struct EscalationReports {
    private let records: [Document]
    private let pseudonyms: Pseudonyms

    /// - Parameters:
    ///   - document: a KPI document; its accounts one by one.
    ///   - pseudonyms: by which people go here.
    public init(_ document: Document, pseudonyms: Pseudonyms = Pseudonyms()) {
        self.pseudonyms = pseudonyms
        let entries = document["accounts"]?.items ?? []
        records = (entries.count > 1 ? Array(entries.dropFirst()) : entries).flatMap {
            $0["escalations.records"]?.items ?? []
        }
    }

    /// Writes the register, one record after the other, in memory that does not grow with it.
    public func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard !records.isEmpty else {
            return try Array("# No escalation began in the period.\n".utf8).withUnsafeBytes(sink)
        }
        for record in records {
            // Documents of one stream: each says where it begins.
            let text = try Yams.serialize(
                node: Node([(Node("escalation_report"), Self.report(pseudonyms.replacing(record)))]), width: -1,
                allowUnicode: true, explicitStart: true)
            try Array(text.utf8).withUnsafeBytes(sink)
        }
    }

    private static func report(_ record: Document) -> Node {
        func of(_ key: String) -> Node { node(record[key]) }
        return mapping([
            ("id", of("id")), ("date_opened", of("opened_at")), ("date_resolved", of("resolved_at")),
            ("account", of("account")), ("conversation", of("conversation")),
            (
                "customer",
                mapping([
                    ("id", of("customer")), ("name", of("name")), ("tier", null), ("arr", null), ("health_score", null),
                ])
            ),
            ("escalation", mapping([("summary", of("summary")), ("severity", of("severity")), ("category", null)])),
            (
                "impact",
                mapping([
                    ("business_impact", null), ("revenue_at_risk", null), ("users_affected", null),
                    ("sla_breach", of("sla_breach")),
                ])
            ),
            (
                "response",
                mapping([
                    ("due", of("response_due_at")), ("at", of("response_at")), ("by", of("response_by")),
                    ("target", of("response")),
                ])
            ),
            (
                "timeline",
                Node([
                    event("Escalation received", of("opened_at"), of("escalated_by")),
                    event("Manager acknowledged", of("acknowledged_at"), of("acknowledged_by")),
                    event("Root cause identified", null, null),
                    event("Resolution implemented", of("resolved_at"), of("resolved_by")),
                    event("Customer confirmed resolution", null, null),
                ])
            ),
            ("root_cause", mapping([("category", null), ("description", null), ("contributing_factors", null)])),
            (
                "resolution",
                mapping([
                    ("action_taken", null), ("owner", of("resolved_by")),
                    ("time_to_resolve", duration(record["seconds_to_resolve"])),
                    ("customer_satisfaction", of("satisfaction")),
                ])
            ),
            (
                "prevention",
                mapping([
                    ("immediate_actions", null), ("long_term_improvements", null), ("owner", null), ("due_date", null),
                ])
            ),
            ("communication_log", null),
        ])
    }

    private static var null: Node { Node("null", Tag(.null)) }

    private static func mapping(_ members: [(String, Node)]) -> Node { Node(members.map { (Node($0.0), $0.1) }) }

    private static func event(_ event: String, _ at: Node, _ owner: Node) -> Node {
        mapping([("timestamp", at), ("event", Node(event)), ("owner", owner)])
    }

    private static func duration(_ value: Document?) -> Node {
        guard case .int(let seconds) = value else { return null }
        return Node("\(seconds) s")
    }

    /// Texts are quoted, so that none is read as something else.
    private static func node(_ value: Document?) -> Node {
        switch value {
        case .int(let number): Node(String(number), Tag(.int))
        case .bool(let flag): Node(flag ? "true" : "false", Tag(.bool))
        case .string(let text): Node(text, Tag(.str), .doubleQuoted)
        default: null
        }
    }
}
