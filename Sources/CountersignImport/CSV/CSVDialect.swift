/// A kind of table that is read, found from its first rows, and what the objects of its rows are called.
///
/// Whatever a dialect is, each of its rows becomes one JSON object, which an importer reads like any other.
///
/// | table | keys of the object |
/// | --- | --- |
/// | decision log, memory rows, sync events, database tables, contacts export | those of the header, in its spelling |
/// | survey download (CSAT) | `rating` `agent_name` `feedback_comment` `contact_name` `contact_email` `contact_phone` `conversation_link` `recorded_at` `review_notes` |
/// | SLA download | `conversation_id` `sla_policy` `assignee` `team` `inbox` `labels` `conversation_link` `breached_events` |
/// | report | `report` (`agents` `inboxes` `labels` `teams` `conversations`, from rake `inboxes-or-labels`) `period_from` `period_to` `name` `inbox_type` `conversations_count` `incoming_messages_count` `outgoing_messages_count` `avg_first_response_seconds` `avg_resolution_seconds` `avg_waiting_seconds` `resolutions_count` `precision_seconds`; from rake also `id` `email` |
/// | traffic | `report` (`traffic`) `timezone` `title` `hour` `conversations_by_date` |
///
/// Values of the first three are texts, or null for an empty field without quotes. In a report `…_count`, `…_seconds` and
/// `hour` are numbers where they could be read and else the text as it stands; null where the report says `N/A`; a key
/// that the report has no column for is left out. `precision_seconds` says by how much the durations of the row may fall
/// short of the truth. `conversations_by_date` holds a number, or null, for each `2026-05-01`.
struct CSVDialect: Hashable {
    enum Shape: Hashable {
        /// Read row by row.
        case table(CSVColumns)
        /// As `table`, with the whole text escaped as HTML.
        case escapedTable(CSVColumns)
        case report(ReportLayout)
        case traffic
        /// A report whose header does not tell what it is of.
        case foreignReport
    }

    let separator: UInt8
    let shape: Shape

    /// - Parameter head: the text's beginning, without a byte order mark.
    /// - Returns: `nil` for a text without a known header.
    static func recognise(_ head: UnsafeBufferPointer<UInt8>) -> CSVDialect? {
        for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            if let shape = shape(of: CSVHead.rows(of: head, separator: separator)) {
                return CSVDialect(separator: separator, shape: shape)
            }
        }
        return nil
    }

    /// A table of any header, for rows whose kind is given.
    static func table(_ head: UnsafeBufferPointer<UInt8>) -> CSVDialect? {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].compactMap { separator in
            CSVHead.rows(of: head, separator: separator).first.map { (separator: separator, header: $0) }
        }
        guard let best = candidates.max(by: { $0.header.count < $1.header.count }) else { return nil }
        return columns(of: best.header).map { CSVDialect(separator: best.separator, shape: .table($0)) }
    }

    private static func shape(of rows: [[String]]) -> Shape? {
        guard let header = rows.first else { return nil }
        let next = rows.dropFirst().first ?? []
        if header.count == 1, next.count >= 4, ReportPeriod(header[0]) != nil {
            return ReportLayout(header: next, hasPeriodFirst: true).map(Shape.report) ?? .foreignReport
        }
        if header.count >= 2 && header[1].hasPrefix("(GMT")
            || header.count == 3 && header.starts(with: ["Date", "Hour"])
        {
            return .traffic
        }
        if isSLA(header, next) { return .escapedTable(slaColumns) }
        if isSurvey(header, next) { return .table(surveyColumns) }
        if let layout = ReportLayout(header: header, hasPeriodFirst: false) { return .report(layout) }
        let names = Set(header)
        return signatures.contains { $0.isSubset(of: names) } ? columns(of: header).map(Shape.table) : nil
    }

    /// What a header must have for its table to be read.
    private static let signatures: [Set<String>] = [
        // decisions, memory rows, sync events
        ["actor", "action"], ["who", "what"], ["decisionId", "status"], ["decision_id", "status"],
        // Chatwoot's database: conversations, messages, contacts and users, labels, events, surveys, SLAs
        ["display_id", "status", "inbox_id"], ["message_type", "content"],
        ["tag_id", "taggable_id"], ["name", "taggings_count"], ["name", "value", "event_end_time"],
        ["rating", "conversation_id"], ["sla_policy_id", "sla_status"], ["applied_sla_id", "event_type"],
        ["account_id", "user_id", "role"],
        // contacts export
        ["id", "email"], ["id", "phone_number"], ["name", "email"], ["name", "phone_number"],
        ["email", "phone_number"],
    ]

    /// - Returns: `nil` where two columns have one name, so that one would hide the other.
    private static func columns(of header: [String]) -> CSVColumns? {
        let named = header.filter { !$0.isEmpty }
        return Set(named).count == named.count ? CSVColumns(names: header) : nil
    }

    // MARK: Tables by position, whatever the language of their headers

    private static let surveyColumns = CSVColumns(
        names: [
            "agent_name", "rating", "feedback_comment", "contact_name", "contact_email", "contact_phone",
            "conversation_link", "recorded_at", "review_notes",
        ], required: 8, endWithPeriod: true, areGuarded: true)

    private static let slaColumns = CSVColumns(names: [
        "conversation_id", "sla_policy", "assignee", "team", "inbox", "labels", "conversation_link", "breached_events",
    ])

    private static func isSurvey(_ header: [String], _ row: [String]) -> Bool {
        guard (8...9).contains(header.count) else { return false }
        if header[1] == "Rating", header[2] == "Feedback Comment" { return true }
        if row.count == 1 { return ReportPeriod(row[0]) != nil }
        return row.count >= 8 && (Int(row[1]).map { (1...5).contains($0) } ?? false) && isConversation(row[6])
    }

    private static func isSLA(_ header: [String], _ row: [String]) -> Bool {
        guard header.count == 8 else { return false }
        if header[7] == "Breached Events" { return true }
        // Quotes are still escaped here, so that commas inside them part fields.
        return row.count >= 8 && Int(row[0]) != nil && row.contains(where: isConversation)
    }

    private static func isConversation(_ link: String) -> Bool {
        link.contains("/app/accounts/") && link.contains("/conversations/")
    }
}

/// The first rows of a text, as if it were a table.
enum CSVHead {
    static func rows(of head: UnsafeBufferPointer<UInt8>, separator: UInt8, atMost limit: Int = 3) -> [[String]] {
        var rows: [[String]] = []
        var reader = CSVReader(ByteWindow(holding: head), separator: separator)
        while rows.count < limit, let row = try? reader.next(), row.flaw == nil {
            // Spreadsheets fill every line up to the width of the widest row: a header, a line of one field, a blank one.
            var filled = reader.texts
            while filled.count > 1, filled.last?.isEmpty == true { filled.removeLast() }
            let isBlank = filled.count == 1 && filled[0].isEmpty
            if !isBlank { rows.append(rows.isEmpty || filled.count == 1 ? filled : reader.texts) }
        }
        return rows
    }
}

extension CSVReader {
    /// The fields of the last row, without white space around them.
    var texts: [String] {
        fields.map { field in
            let text = String(decoding: bytes(of: field), as: UTF8.self)
            let plain = field.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
            return String(plain.trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed())
        }
    }
}

extension ByteWindow {
    /// A window on bytes that are in memory already. They are copied as they are asked for, so they must outlive it.
    init(holding bytes: UnsafeBufferPointer<UInt8>) {
        var at = 0
        self.init { buffer in
            let count = min(buffer.count, bytes.count - at)
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[at..<(at + count)]))
            at += count
            return count
        }
    }

    /// The same for bytes that it keeps.
    init(holding bytes: [UInt8]) {
        var at = 0
        self.init { buffer in
            let count = min(buffer.count, bytes.count - at)
            buffer.copyBytes(from: bytes[at..<(at + count)])
            at += count
            return count
        }
    }
}
