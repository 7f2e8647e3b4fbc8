/// Where a value was read: a file or a database, its line (1-based) and, where it matters, the field.
public struct SourcePlace: Hashable, Sendable {
    public let file: String
    public let line: Int
    public let field: String?
    /// The row's number in its source, from 0: several rows may stand on one line, and one row may give several records.
    public let row: Int

    public init(file: String, line: Int, field: String? = nil, row: Int = 0) {
        self.file = file
        self.line = line
        self.field = field
        self.row = row
    }

    public func field(_ name: String) -> SourcePlace { SourcePlace(file: file, line: line, field: name, row: row) }
}

/// Something wrong with the input. A value: collected, counted and shown; never thrown past its row.
///
/// The message quotes dates, numbers, ids and enum words, never message text or names.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable { case error, warning }

    /// A stable code, the text of which is a promise: `fixtures/problems/<code>/`.
    public enum Code: String, Sendable, CaseIterable {
        // rows
        case jsonInvalid = "json-invalid"
        case csvInvalid = "csv-invalid"
        case recordNotAnObject = "record-not-an-object"
        case recordTooLong = "record-too-long"
        case fieldMissing = "field-missing"
        case fieldUnreadable = "field-unreadable"
        case dateUnreadable = "date-unreadable"
        case kindUnknown = "kind-unknown"
        case recordsOnOneLine = "records-on-one-line"
        case dateInFuture = "date-in-future"
        case conversationConflict = "conversation-conflict"
        case scopeMissing = "scope-missing"
        case unitMissing = "unit-missing"
        // files
        case fileEmpty = "file-empty"
        case fileAPIError = "file-api-error"
        case fileHTML = "file-html"
        case fileArchive = "file-archive"
        case fileBinary = "file-binary"
        case fileBomb = "file-bomb"
        case fileCorrupt = "file-corrupt"
        case fileTooLarge = "file-too-large"
        case fileNoise = "file-noise"
        case fileKindUnknown = "file-kind-unknown"
        case fileUnreadable = "file-unreadable"
        case fileMissing = "file-missing"
        case fileTruncated = "file-truncated"
        case fileRejectedRows = "file-rejected-rows"
        // live databases
        case databaseUnavailable = "database-unavailable"
        case databaseRowsHidden = "database-rows-hidden"
        case textTranscoded = "text-transcoded"
    }

    public let code: Code
    public let severity: Severity
    public let place: SourcePlace
    public let message: String
    public let fix: String

    public init(
        _ code: Code, _ severity: Severity = .error, at place: SourcePlace, _ message: String, fix: String
    ) {
        self.code = code
        self.severity = severity
        self.place = place
        self.message = message
        self.fix = fix
    }

    /// `decisions.ndjson:17:createdAt: error: “13/13/2025” is not a date [date-unreadable]` and the fix.
    public var description: String {
        var position = place.file
        if place.line > 0 { position += ":\(place.line)" }
        if let field = place.field { position += ":\(field)" }
        return "\(position): \(severity.rawValue): \(message) [\(code.rawValue)]\n  fix: \(fix)"
    }
}
