internal import CountersignCore

/// Lines of Chatwoot's report downloads. Chatwoot computes them from what the other exports tell: no figure of ours
/// is made from them, but ours are compared with them.
enum ChatwootReport: Importer {
    static let kind = SourceKind.reports
    static let rowName = "a line of a report"
    static let timeField: Field? = nil
    static let spelling = FieldSpelling.snakeCase

    static func recognises(_ members: Members) -> Bool {
        members.has(.report) && (members.has(.periodFrom, .periodTo) || members.has(.conversationsByDate))
    }

    static func read(
        _ row: Row, with tools: inout ImportTools, into batch: inout RecordBatch
    ) throws(Problem) -> Instant? {
        let report = try row.text(.report)
        if let dates = row[.conversationsByDate]?.members {
            appendTraffic(dates, report: report, row, account: tools.account(of: row), into: &batch)
            return nil
        }
        let (from, to) = (row[.periodFrom]?.text ?? "", row[.periodTo]?.text ?? "")
        let key = "\(report)|\(from)|\(to)|\(row[.name]?.idText ?? "")"
        let precision = row[.precisionSeconds]?.wholeNumber ?? 0
        for (column, value) in row.members.spelled where !own.contains(column) {
            guard let number = value.wholeNumber else { continue }
            batch.figures.append(
                ChatwootFigure(
                    account: tools.account(of: row), kind: .report, key: key, name: column, conversation: nil,
                    at: nil, value: number,
                    precision: column.hasSuffix("_seconds") ? precision : 0, readFrom: row.place))
        }
        return nil
    }

    /// The conversations of one hour of several days; an empty cell is an hour without a bucket.
    private static func appendTraffic(
        _ dates: Members, report: String, _ row: Row, account: Int64?, into batch: inout RecordBatch
    ) {
        let key = "\(report)|\(row[.timezone]?.text ?? "")|\(row[.title]?.text ?? "")|\(row[.hour]?.idText ?? "")"
        for (date, value) in dates.spelled {
            guard let number = value.wholeNumber else { continue }
            batch.figures.append(
                ChatwootFigure(
                    account: account, kind: .report, key: "\(key)|\(date)", name: "conversations", conversation: nil,
                    at: nil, value: number, readFrom: row.place))
        }
    }

    /// What says which line it is.
    private static let own: Set = [
        "report", "period_from", "period_to", "name", "type", "id", "account_id", "precision_seconds",
    ]
}

extension JSONValue {
    /// A count or seconds, without their fraction; `nil` for what is larger than any of these.
    fileprivate var wholeNumber: Int64? {
        quantity.flatMap { abs($0) < 1e15 ? Int64($0.rounded(.down)) : nil }
    }
}
