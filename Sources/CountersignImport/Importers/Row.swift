internal import CountersignCore

/// One object of a source and where it stood. Puts file, line and field into every problem.
struct Row {
    let members: Members
    let place: SourcePlace
    let spelling: FieldSpelling

    /// An object inside this row.
    func nested(_ members: Members) -> Row { Row(members: members, place: place, spelling: spelling) }

    subscript(field: Field) -> JSONValue? { members[field] }

    /// Whether the key is there, null or not.
    func has(_ field: Field) -> Bool { members.has(field) }

    /// The member; `nil` where it is missing, null or, as in a CSV file, an empty text.
    func filled(_ field: Field) -> JSONValue? {
        guard let value = members[field], value.utf8?.isEmpty != true else { return nil }
        return value
    }

    /// The first of these that is there and neither null nor an empty text.
    func first(_ fields: Field...) -> JSONValue? {
        for field in fields {
            if let value = filled(field) { return value }
        }
        return nil
    }

    func id(_ field: Field) throws(Problem) -> String {
        guard let value = filled(field) else { throw missing(field) }
        guard let id = value.idText else {
            throw unreadable(field, "\(value.quotable) is no id", fix: "write it as a number or a text")
        }
        return id
    }

    func integer(_ field: Field) throws(Problem) -> Int64 {
        guard let value = filled(field) else { throw missing(field) }
        guard let number = value.integer else {
            throw unreadable(field, "\(value.quotable) is no whole number", fix: "write it as a whole number")
        }
        return number
    }

    /// A number of Chatwoot's: negative ones stand for something else in the store.
    func positive(_ field: Field) throws(Problem) -> Int64 {
        let number = try integer(field)
        guard number > 0 else {
            throw unreadable(field, "“\(number)” is no number of Chatwoot's", fix: "write the id as Chatwoot has it")
        }
        return number
    }

    func text(_ field: Field) throws(Problem) -> String {
        guard let value = members[field] else { throw missing(field) }
        guard let text = value.text else {
            let found = value.utf8 == nil ? "\(value.quotable) is no text" : "the text is empty"
            throw unreadable(field, found, fix: "write it as a text")
        }
        return text
    }

    func instant(_ field: Field, _ unit: EpochUnit) throws(Problem) -> Instant {
        guard let value = filled(field) else { throw missing(field) }
        guard let instant = value.instant(unit) else { throw noDate(value, field) }
        return instant
    }

    /// The first of these fields that is there and neither null nor empty; `nil` where none is.
    func optionalInstant(_ fields: Field..., unit: EpochUnit) throws(Problem) -> Instant? {
        for field in fields {
            guard let value = filled(field) else { continue }
            guard let instant = value.instant(unit) else { throw noDate(value, field) }
            return instant
        }
        return nil
    }

    func place(of field: Field) -> SourcePlace { place.field(name(of: field)) }

    func missing(_ field: Field) -> Problem {
        let name = name(of: field)
        return Problem(
            .fieldMissing, at: place(of: field), "“\(name)” is missing",
            fix: "export the field “\(name)” with each row")
    }

    func noDate(_ value: JSONValue, _ field: Field) -> Problem {
        Problem(
            .dateUnreadable, at: place(of: field), "\(value.quotable) is not a date",
            fix: "write it as 2025-12-13T09:30:00Z")
    }

    func unreadable(_ field: Field, _ message: String, fix: String) -> Problem {
        Problem(.fieldUnreadable, at: place(of: field), message, fix: fix)
    }

    private func name(of field: Field) -> String { spelling.spell(field) }
}
