internal import CountersignCore

/// Reads Chatwoot's event lines, which are English sentences built around names.
///
/// Names may hold any of the words that the sentences are built of (` by `, ` added `): of several places
/// where a sentence could be cut, the last is taken, since the actor's name comes last, or, in the lines that
/// begin with it, is what remains. A line that fits no sentence says nothing.
extension Activity {
    static func read(_ line: UnsafeBufferPointer<UInt8>) -> [Activity] {
        read(Substring(String(decoding: line, as: UTF8.self)))
    }

    static func read(_ line: Substring) -> [Activity] {
        if let change = assignment(line) ?? status(line) { return [change] }
        return labels(line)
    }

    private static func assignment(_ line: Substring) -> Activity? {
        if let rest = line.after("Assigned to "), let (whom, actor) = rest.cutAtLast(" by ") {
            // `Assigned to Mara via billing team by Ann`: the team that led to the assignee.
            let assignee = whom.cutAtLast(" via ")?.before ?? whom
            return Activity(kind: .assigned, actor: person(actor), subject: String(assignee))
        }
        if let actor = line.before(" self-assigned this conversation") {
            return Activity(kind: .assigned, actor: String(actor), subject: String(actor))
        }
        if let actor = line.after("Conversation unassigned by ") {
            return Activity(kind: .unassigned, actor: person(actor), subject: nil)
        }
        if let rest = line.after("Unassigned from "), let (team, actor) = rest.cutAtLast(" by ") {
            return Activity(kind: .unassigned, actor: person(actor), subject: String(team))
        }
        return nil
    }

    private static func status(_ line: Substring) -> Activity? {
        if let actor = line.after("Conversation was marked resolved by ") {
            return Activity(kind: .resolved, actor: resolver(actor), subject: nil)
        }
        if line.after("Conversation was resolved by ") != nil {
            // By the customer, in the widget: nobody of the staff acted.
            return Activity(kind: .resolved, actor: nil, subject: nil)
        }
        if let actor = line.after("Conversation was reopened by ") {
            return Activity(kind: .reopened, actor: person(actor), subject: nil)
        }
        if line == "System reopened the conversation due to a new incoming message." {
            return Activity(kind: .reopened, actor: nil, subject: nil)
        }
        if let actor = line.after("Conversation was marked as pending by ") {
            return Activity(kind: .pending, actor: person(actor), subject: nil)
        }
        if let actor = line.after("Conversation was snoozed by ") {
            return Activity(kind: .snoozed, actor: person(actor), subject: nil)
        }
        return nil
    }

    /// `Mara Vogt added escalation, billing`: one activity for each label, or none if one item is no label.
    /// That also keeps out `added SLA policy Gold` and `removed the priority`, which hold spaces.
    private static func labels(_ line: Substring) -> [Activity] {
        let added = line.cutAtLast(" added ")
        let removed = line.cutAtLast(" removed ")
        let isAdded = (added?.before.utf8.count ?? -1) > (removed?.before.utf8.count ?? -1)
        guard let (actor, list) = isAdded ? added : removed, !actor.isEmpty else { return [] }
        // A policy whose own name holds ` added `.
        guard actor.cutAtLast(" added SLA policy ") == nil else { return [] }
        let labels = list.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.first == " " ? $0.dropFirst() : $0
        }
        guard labels.allSatisfy(looksLikeLabel) else { return [] }
        return labels.map {
            Activity(kind: isAdded ? .labelAdded : .labelRemoved, actor: person(actor), subject: $0.lowercased())
        }
    }

    /// A letter or digit of any script first, then also `_` and `-`.
    private static func looksLikeLabel(_ item: Substring) -> Bool {
        guard let first = item.first, first.isLetter || first.isNumber else { return false }
        return item.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    /// - Returns: `nil` for automation rules, assignment policies and the system itself.
    private static func person(_ actor: Substring) -> String? {
        let isSystem =
            actor.isEmpty || actor == "Automation System" || actor == "Default Policy"
            || actor.after("Automation System via ") != nil
        return isSystem ? nil : String(actor)
    }

    /// Who resolved: `system due to 3 days of inactivity`, or an assistant with its reason, which is free text
    /// and must not go on: `Captain due to inactivity`, `Captain: …`, `Captain (… three words or more)`.
    private static func resolver(_ text: Substring) -> String? {
        if text.after("system due to ") != nil { return nil }
        var actor = text.before(" due to inactivity") ?? text
        if let colon = actor.firstRange(of: ": ") { actor = actor[..<colon.lowerBound] }
        if actor.last == ")", let (name, reason) = actor.cutAtLast(" ("),
            reason.split(separator: " ").count >= 3
        {
            actor = name
        }
        return person(actor)
    }
}

extension Substring {
    /// What follows this beginning; `nil` where the text begins otherwise.
    fileprivate func after(_ beginning: StaticString) -> Substring? {
        let wanted = UnsafeBufferPointer(start: beginning.utf8Start, count: beginning.utf8CodeUnitCount)
        guard utf8.starts(with: wanted) else { return nil }
        return self[utf8.index(startIndex, offsetBy: wanted.count)...]
    }

    /// What precedes this end; `nil` where the text ends otherwise, or with nothing before it.
    fileprivate func before(_ end: StaticString) -> Substring? {
        let wanted = UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount)
        guard utf8.count > wanted.count, utf8.suffix(wanted.count).elementsEqual(wanted) else { return nil }
        return self[..<utf8.index(endIndex, offsetBy: -wanted.count)]
    }

    /// Both sides of the last place where the mark stands; `nil` where it does not, or with a side empty.
    fileprivate func cutAtLast(_ mark: StaticString) -> (before: Substring, after: Substring)? {
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        var start = utf8.count - wanted.count - 1
        while start > 0 {
            let index = utf8.index(startIndex, offsetBy: start)
            if utf8[index...].starts(with: wanted) {
                return (self[..<index], self[utf8.index(index, offsetBy: wanted.count)...])
            }
            start -= 1
        }
        return nil
    }

    fileprivate func firstRange(of mark: StaticString) -> Range<Index>? {
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        var index = startIndex
        while index < endIndex {
            if utf8[index...].starts(with: wanted) {
                return index..<utf8.index(index, offsetBy: wanted.count)
            }
            index = utf8.index(after: index)
        }
        return nil
    }
}
