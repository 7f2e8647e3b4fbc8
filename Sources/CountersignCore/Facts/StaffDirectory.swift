internal import Foundation

/// Who is who among the staff of one account, and who of them is a manager (kpis.md §0 Manager).
public struct StaffDirectory: Sendable {
    private let emailByUser: [Int64: String]
    private let usersByName: [String: [Int64]]
    private let nameByUser: [Int64: String]
    private let managers: Set<Int64>
    private let managerEmails: Set<String>
    private let managerNames: Set<String>
    /// Lower-cased, as Chatwoot keeps them.
    private let teams: Set<String>

    /// - Parameters:
    ///   - managers: the config's list; where it is empty, administrators are managers.
    ///   - teams: names that an event line may mean instead of a user's.
    public init(staff: [StaffMember], managers listed: [String], teams: [String] = []) {
        self.teams = Set(teams.map { $0.lowercased() })
        emailByUser = Dictionary(staff.compactMap { member in member.email.map { (member.id, $0) } }) { first, _ in
            first
        }
        nameByUser = Dictionary(staff.map { ($0.id, $0.name) }) { first, _ in first }
        usersByName = Dictionary(grouping: staff, by: \.name).mapValues { $0.map(\.id) }
        let entries = Set(listed)
        let emails = Set(listed.map { $0.lowercased() })
        let found = staff.filter { member in
            if listed.isEmpty { return member.role == "administrator" }
            return entries.contains(member.name) || entries.contains(String(member.id))
                || member.email.map(emails.contains) ?? false
        }
        // An id that is listed needs no agent list to tell whose it is.
        self.managers = Set(found.map(\.id)).union(listed.compactMap { Int64($0) })
        managerEmails = Set(found.compactMap(\.email)).union(emails.filter { $0.contains("@") })
        managerNames = entries
    }

    /// Whether anyone is known to be a manager; without one, acknowledgement is not measurable.
    public var hasManagers: Bool { !managers.isEmpty || !managerEmails.isEmpty || !managerNames.isEmpty }

    func isManager(user: Int64?) -> Bool { user.map(managers.contains) ?? false }

    func isManager(actor: String) -> Bool {
        managerEmails.contains(actor.lowercased()) || managerNames.contains(actor)
    }

    /// A name of an event line. Where two users share it, it is a manager's only if both are managers.
    func isManager(name: String?) -> Bool {
        guard let name else { return false }
        if managerNames.contains(name) { return true }
        guard let users = usersByName[name] else { return false }
        return users.allSatisfy(managers.contains)
    }

    /// Whether a conversation was assigned to a manager: by the user's id where the source has it; by a name only if no team
    /// has it too.
    func isAssignedToManager(_ activity: Activity) -> Bool {
        if let assignee = activity.assignee { return isManager(user: assignee) }
        guard let name = activity.subject, !teams.contains(name.lowercased()) else { return false }
        return isManager(name: name)
    }

    /// An event line whose names hold the words that its sentence is built of (`Assigned to Jo by Sea by Mara`), cut where
    /// known names stand. Where none is known, it stays cut at the last place.
    func read(_ activity: Activity) -> Activity {
        guard activity.kind == .assigned, activity.assignee == nil, let subject = activity.subject,
            let actor = activity.actor, subject != actor, subject.contains(" by ") || actor.contains(" by ")
        else { return activity }
        let line = "\(subject) by \(actor)"
        var end = line.endIndex
        var best: (rank: Int, activity: Activity)?
        while let cut = line[..<end].range(of: " by ", options: .backwards) {
            let names = (whom: String(line[..<cut.lowerBound]), by: String(line[cut.upperBound...]))
            let rank = (isKnown(names.whom) ? 1 : 0) + (isKnown(names.by) ? 2 : 0)
            if rank > best?.rank ?? 0 {
                best = (rank, Activity(kind: .assigned, actor: names.by, subject: names.whom))
            }
            end = cut.lowerBound
        }
        return best?.activity ?? activity
    }

    private func isKnown(_ name: String) -> Bool {
        usersByName[name] != nil || managerNames.contains(name) || teams.contains(name.lowercased())
    }

    /// The email of a user, else the name, else the id: how KPI documents name people.
    func label(user: Int64?) -> String? {
        guard let user else { return nil }
        return emailByUser[user] ?? nameByUser[user] ?? "user:\(user)"
    }

    /// The email of the one user with that name, else the name itself.
    func label(name: String?) -> String? {
        guard let name else { return nil }
        guard let users = usersByName[name], users.count == 1, let user = users.first else { return name }
        return emailByUser[user] ?? name
    }
}
