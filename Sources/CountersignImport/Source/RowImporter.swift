internal import CountersignCore

/// Turns one parsed row into a record, or says why it is none.
struct RowImporter: ~Copyable {
    enum Outcome {
        case record(SourceKind, Instant?)
        case rejected(Problem)
        /// A line that was taken for one row holds an envelope or more than one row.
        case notOneRow
        /// An envelope without any row.
        case emptyPage
    }

    private var tools: ImportTools
    /// The importers of the kind that the source was said to be of.
    private let forced: [any Importer.Type]
    var misses = Misses()
    var linesNotUnderstood: Int { tools.linesNotUnderstood }

    /// What there is to say of rows that were read.
    var warnings: Warnings { tools.warnings }

    init(context: ImportContext) {
        tools = ImportTools(context: context)
        forced = Importers.all.filter { $0.kind == context.forcedKind }
    }

    /// - Throws: a problem of the whole source: what should be its rows is an API's error.
    mutating func take(
        _ document: Result<JSONValue, JSONFault>, frame: Frame, at place: SourcePlace,
        into batch: inout RecordBatch
    ) throws(Problem) -> Outcome {
        switch document {
        case .failure(let fault):
            if frame.isGuess { return .notOneRow }
            misses.countUnparsed(beginsAsObject: frame.bytes.first == UInt8(ascii: "{"))
            return .rejected(
                Problem(
                    .jsonInvalid, at: place, "the row \(fault.clause)",
                    fix: "mend the row, or export it again"))
        case .success(let value):
            guard let members = value.members else {
                misses.countScalar(value, isInList: frame.isInList)
                return .rejected(
                    Problem(
                        .recordNotAnObject, at: place, "the row is \(value.kindName), not an object",
                        fix: "export one JSON object for each record"))
            }
            return try take(value, members, isGuess: frame.isGuess, at: place, into: &batch)
        }
    }

    private mutating func take(
        _ value: JSONValue, _ members: Members, isGuess: Bool, at place: SourcePlace, into batch: inout RecordBatch
    ) throws(Problem) -> Outcome {
        var match: (any Importer.Type)?
        var matchCount = 0
        for importer in Importers.all where importer.recognises(members) {
            match = match ?? importer
            matchCount += 1
        }
        if match == nil, let page = members.page {
            switch page {
            case .failed: throw SourceProblems.apiError(ErrorBody.said(by: members), at: place)
            case .empty: return .emptyPage
            case .withRows: if isGuess { return .notOneRow }
            }
        }
        let asTold = forced.isEmpty ? nil : forced.first { $0.recognises(members) } ?? forced.first
        guard let importer = asTold ?? match, asTold != nil || matchCount == 1 else {
            return try .rejected(unknown(value, members, at: place))
        }
        if match == nil, let clause = ErrorBody.clause(of: members, count: value.memberCount) {
            throw SourceProblems.apiError(clause, at: place)
        }
        misses.hasRecords = true
        do throws(Problem) {
            let row = Row(members: members, place: place, spelling: importer.spelling)
            return .record(importer.kind, try importer.read(row, with: &tools, into: &batch))
        } catch {
            // A row is loaded whole or not at all.
            batch.removeRecords(of: place)
            return .rejected(error)
        }
    }

    private mutating func unknown(
        _ value: JSONValue, _ members: Members, at place: SourcePlace
    ) throws(Problem) -> Problem {
        let matches = Importers.all.filter { $0.recognises(members) }
        guard matches.isEmpty else {
            let names = matches.map { $0.rowName }.joined(separator: " and ")
            return Problem(
                .kindUnknown, at: place, "the row could be \(names)", fix: "say which with --kind")
        }
        if let clause = ErrorBody.clause(of: members, count: value.memberCount) {
            throw SourceProblems.apiError(clause, at: place)
        }
        let report = members.nameOfReport
        let name = report ?? members.knownName
        misses.countUnknown(name, isReport: report != nil)
        return Problem(
            .kindUnknown, at: place, "the row is \(name), which is none of the known kinds",
            fix: "leave it out of the export, or say its kind with --kind")
    }
}

extension Members {
    /// What an object is that holds a list of rows, or should: an envelope.
    fileprivate enum Page {
        /// The framer has to look for them.
        case withRows
        case empty
        /// No row, and an API's error in their place.
        case failed
    }

    /// - Returns: `nil` for an object that is no envelope.
    fileprivate var page: Page? {
        guard hasAny(.payload, .auditLogs, .data) else { return nil }
        let lists = [self[.payload], self[.auditLogs], self[.data], self[.data]?.members?[.payload]]
            .compactMap(\.self).filter(\.isArray)
        if lists.contains(where: { !$0.elements.isEmpty }) { return .withRows }
        if tellsError { return .failed }
        return lists.isEmpty ? nil : .empty
    }

    private var tellsError: Bool {
        [self[.error], self[.errors]].compactMap(\.self).contains { said in
            said.isObject || said.boolean == true || said.utf8?.isEmpty == false || !said.elements.isEmpty
        }
    }

    /// What an object is that is no row of any importer.
    fileprivate var knownName: String {
        if let event = self[.event]?.utf8 {
            if hasAny(.inboxId, .messageType) { return "a webhook delivery" }
            if let status = self[.status]?.utf8, Members.isWord(status), Members.isWord(event) {
                let (event, status) = (String(decoding: event, as: UTF8.self), String(decoding: status, as: UTF8.self))
                return "a status report (event “\(event)”, status “\(status)”)"
            }
            return "a report of an event"
        }
        return "an object with other keys"
    }

    /// A machine's word: lower-case letters, digits, dots, dashes and underscores.
    private static func isWord(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        utf8.count <= 40
            && utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || "._-".utf8.contains($0) }
    }
}

extension JSONValue {
    fileprivate var kindName: String {
        if utf8 != nil { return "a text" }
        if number != nil { return "a number" }
        if boolean != nil { return "a boolean" }
        return isNull ? "null" : "a list"
    }
}
