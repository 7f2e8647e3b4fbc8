internal import CountersignCore

/// Reads Chatwoot's event lines, which are sentences built around names, in the language of who acted.
///
/// Names may hold any of the words that the sentences are built of (` by `, ` added `): of several places
/// where a sentence could be cut, the last is taken, since the actor's name comes last, or, in the lines that
/// begin with it, is what remains.
extension Activity {
    static func read(_ line: UnsafeBufferPointer<UInt8>) -> [Activity]? {
        read(Substring(String(decoding: line, as: UTF8.self)))
    }

    /// - Returns: nothing for a sentence about something else (the priority, an SLA); `nil` for one that is not known.
    static func read(_ line: Substring) -> [Activity]? {
        if let change = assignment(line) ?? status(line) { return [change] }
        if isAboutSomethingElse(line) { return [] }
        return labels(line) ?? LineLanguage.read(line)
    }

    private static func assignment(_ line: Substring) -> Activity? {
        if let actor = line.before(" self-assigned this conversation") {
            return Activity(kind: .assigned, actor: String(actor), subject: String(actor))
        }
        if let rest = line.after("Assigned to ") {
            // The policy's name may hold ` by `.
            if let (whom, _) = rest.cutAtLast(" by Automation System via ") {
                return Activity(kind: .assigned, actor: nil, subject: assignee(whom))
            }
            if let (whom, actor) = rest.cutAtLast(" by ") {
                return Activity(kind: .assigned, actor: person(actor), subject: assignee(whom))
            }
        }
        if let actor = line.after("Conversation unassigned by ") {
            return Activity(kind: .unassigned, actor: person(actor), subject: nil)
        }
        if let rest = line.after("Unassigned from "), let (team, actor) = rest.cutAtLast(" by ") {
            return Activity(kind: .unassigned, actor: person(actor), subject: String(team))
        }
        return nil
    }

    /// Without the team that led to the assignee: `Mara via billing team`. Chatwoot keeps names of teams in lower case, so
    /// what follows in capitals belongs to the name.
    private static func assignee(_ whom: Substring) -> String {
        guard let (name, team) = whom.cutAtLast(" via "), team.allSatisfy({ !$0.isUppercase }) else {
            return String(whom)
        }
        return String(name)
    }

    private static func status(_ line: Substring) -> Activity? {
        if let actor = line.after("Conversation was marked resolved by ") {
            return Activity(kind: .resolved, actor: decider(actor), subject: nil)
        }
        if line.after("Conversation was resolved by ") != nil {
            // By the customer, in the widget: nobody of the staff acted.
            return Activity(kind: .resolved, actor: nil, subject: nil)
        }
        if let actor = line.after("Conversation was reopened by ") {
            return Activity(kind: .reopened, actor: person(actor), subject: nil)
        }
        if let actor = line.after("Conversation was marked open by ") {
            return Activity(kind: .reopened, actor: decider(actor), subject: nil)
        }
        if line == "System reopened the conversation due to a new incoming message."
            || line == "Conversation was marked open automatically after an agent reply"
        {
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

    /// Lines of which no figure needs anything. Those about labels' twins, `added SLA policy …` and `removed the priority`,
    /// are told by their list.
    private static func isAboutSomethingElse(_ line: Substring) -> Bool {
        line.before(" has muted the conversation") != nil || line.before(" has unmuted the conversation") != nil
            || line.before(" not sent due to outgoing message restrictions") != nil
            || line.after("Linear issue ") != nil || line.after("Sent a call permission request to ") != nil
            || line.before(" accepted the call permission request.") != nil
            || line.cutAtLast(" set the priority to ") != nil || line.cutAtLast(" changed the priority from ") != nil
    }

    /// `Mara Vogt added escalation, billing`: one activity for each label.
    private static func labels(_ line: Substring) -> [Activity]? {
        let added = line.cutAtLast(" added ")
        let removed = line.cutAtLast(" removed ")
        let isAdded = (added?.before.utf8.count ?? -1) > (removed?.before.utf8.count ?? -1)
        guard let (actor, list) = isAdded ? added : removed, !actor.isEmpty else { return nil }
        // Also a policy whose own name holds ` added `.
        let isPolicy =
            list.after("SLA policy ") != nil || actor.cutAtLast(" added SLA policy ") != nil
            || actor.cutAtLast(" removed SLA policy ") != nil
        if isPolicy || list == "the priority" { return [] }
        return labels(list, kind: isAdded ? .labelAdded : .labelRemoved, actor: actor)
    }

    /// Of a list with commas between, what looks like a label; `nil` where nothing does.
    static func labels(_ list: Substring, kind: Kind, actor: Substring) -> [Activity]? {
        let labels = list.split(separator: ",").map { $0.first == " " ? $0.dropFirst() : $0 }.filter(looksLikeLabel)
        guard !labels.isEmpty else { return nil }
        return labels.map { Activity(kind: kind, actor: person(actor), subject: $0.lowercased()) }
    }

    /// A letter or digit of any script first, then also `_` and `-`.
    private static func looksLikeLabel(_ item: Substring) -> Bool {
        guard let first = item.first, first.isLetter || first.isNumber else { return false }
        return item.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    /// - Returns: `nil` for automation rules, assignment policies and the system itself.
    static func person(_ actor: Substring) -> String? {
        let isSystem =
            actor.isEmpty || actor == "Automation System" || actor == "Default Policy"
            || actor.after("Automation System via ") != nil
        return isSystem ? nil : String(actor)
    }

    /// Who resolved or opened: `system due to 3 days of inactivity`, or an assistant with its reason, which is free text
    /// and must not go on: `Captain due to inactivity`, `Captain: …`, `Captain (… three words or more)`.
    private static func decider(_ text: Substring) -> String? {
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
