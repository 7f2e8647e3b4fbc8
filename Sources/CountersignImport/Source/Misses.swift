public import CountersignCore

/// What the rows without a record were, from which a source as a whole is judged.
struct Misses {
    /// Rows of no known kind that are read before a source is given up.
    static let patience = 1000

    /// At least one row was of a known kind, whether it could be loaded or not.
    var hasRecords = false
    /// Objects of no known kind.
    private(set) var unknown = 0
    /// What the first of them was.
    private(set) var unknownName = ""
    /// The first of them is a file about the log, which holds no rows.
    private var isReport = false
    /// Rows that are no JSON and do not begin as an object either.
    private(set) var noise = 0
    /// Rows that begin as an object and are broken.
    private(set) var broken = 0
    /// Texts and nulls on lines of their own.
    private(set) var texts = 0
    /// The first of these; `nil` is null.
    private(set) var firstTexts: [String?] = []
    /// Numbers, booleans, lists, and whatever is no object inside a list.
    private(set) var otherValues = 0

    mutating func countUnknown(_ name: String, isReport: Bool) {
        if unknown == 0 { (unknownName, self.isReport) = (name, isReport) }
        unknown += 1
    }

    mutating func countUnparsed(beginsAsObject: Bool) {
        if beginsAsObject { broken += 1 } else { noise += 1 }
    }

    mutating func countScalar(_ value: JSONValue, isInList: Bool) {
        guard !isInList, value.utf8 != nil || value.isNull else {
            otherValues += 1
            return
        }
        texts += 1
        if firstTexts.count < 4 {
            firstTexts.append(value.utf8.map { String(decoding: $0.prefix(301), as: UTF8.self) })
        }
    }

    /// Why the source is none, now that all of it (or enough) has been read; `nil` where it may stand.
    func verdict(file: String) -> Problem? {
        guard !hasRecords else { return nil }
        let place = SourcePlace(file: file, line: 1)
        if unknown > 0 {
            return Problem(
                .fileKindUnknown, at: place,
                "no row is of a known kind; the first is \(unknownName)",
                fix: isReport
                    ? "leave it out: it holds no record"
                    : "give an export of decisions, sync events, Chatwoot conversations, messages or agents, or templates"
            )
        }
        if broken > 0 { return nil }
        if texts > 0, noise + otherValues == 0 {
            return SourceProblems.apiError(
                ", cut into lines" + ErrorBody.clause(ofFlattened: firstTexts), at: place)
        }
        guard texts + noise + otherValues > 0 else { return nil }
        return Problem(
            .fileNoise, at: place, "nothing in it is a JSON object",
            fix: "repeat the export and look at what it prints")
    }
}

/// The problems of whole sources that more than one place finds.
public enum SourceProblems {
    /// A source whose end is missing.
    public static func truncated(_ message: String, at place: SourcePlace) -> Problem {
        Problem(
            .fileTruncated, at: place, message, fix: "repeat the export; it was cut off while it was written")
    }

    static func apiError(_ clause: String, at place: SourcePlace) -> Problem {
        Problem(
            .fileAPIError, at: place, "this is an API's error and not an export\(clause)",
            fix: "mend what the API says, then repeat the export")
    }
}
