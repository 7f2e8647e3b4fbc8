internal import ArgumentParser
internal import CountersignCore
internal import CountersignImport
internal import CountersignStore

struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erases one person's data, now, and prints the receipt.",
        discussion: """
            Everything of the person goes, whatever its age: the conversations of every contact that shares an email, phone or
            identifier with the one that is named, their messages, the decisions on them with their texts, names, rejected rows that
            speak of the person, and what was derived of all this. Then the store is written anew. Figures counted afterwards are
            without the person; reports that are written already stay as they are.

            Rows under a legal hold stay and are counted; the first purge after the hold has ended takes them. What later exports
            still have of what was erased is counted as excluded (erased) and not stored.

            The reason stands in the ledger for good: name no customer and nobody's email in it. --by stands there by pseudonym.
            Exit status: 0 erased, or erased before; 64 there is no such customer.

            EXAMPLES
              countersign erase --customer 8812 --by privacy@example.com --reason 'request 41' --dry-run
              countersign erase --customer 1/8812 --by privacy@example.com --reason 'request 41' --sources
            """)

    @OptionGroup var options: JobOptions

    @Option(help: "The customer by contact id: 8812, or ACCOUNT/8812 where several accounts have one.")
    var customer: String

    @Option(help: "Why, in a few words.")
    var reason: String

    @Option(help: "Who orders it, by email.")
    var by: String

    @Flag(help: "Files of the archive that may name the person go too, with all that is in them.")
    var sources = false

    @Flag(name: .customLong("dry-run"), help: "Only say what would be erased.")
    var dryRun = false

    func validate() throws { try HoldText.check(reason: reason, by: by) }

    func run() throws {
        let session = try Session(options)
        let known = try find(session)
        let order = ErasureOrder(
            customer: known.customer, reason: HoldText.trimmed(reason),
            by: HoldPeople.person(by, key: session.key).pseudonym, session)
        let plan = try session.store.erasurePlan(order)
        let files = try session.fileRetention.sources(first: plan.firstAt, last: plan.lastAt)
        guard !dryRun else {
            try session.console.print(RetentionTable.text(plan.sets + files.sets))
            if !sources { warn(of: files.paths, session) }
            return
        }
        if let erasedAt = known.erasedAt, plan.purged + plan.held == 0 {
            if try session.store.pendingErasure() != nil {
                _ = try session.recorded("erase") {
                    try RetentionJob(session: session).finishErasure()
                    return .fine
                }
            }
            return try session.console.print(
                "customer \(known.customer.text) was erased at \(erasedAt.iso8601); nothing of it has come since\n")
        }
        _ = try session.recorded("erase") {
            let job = RetentionJob(session: session)
            try job.finishErasure()
            let receipt = try job.erase(order, files: sources ? files : ExpiredFiles())
            try session.console.print(receipt.document.json())
            return .fine
        }
        if plan.held > 0 {
            session.console.report(
                "erase: warning: legal holds keep \(plan.held) rows [erase-held]\n"
                    + "  fix: nothing now; the first purge after the holds have ended takes them")
        }
        if !sources { warn(of: files.paths, session) }
    }

    /// - Throws: `Failure` 64 where no account knows the customer, or several do and none is named.
    private func find(_ session: Session) throws -> KnownCustomer {
        let names = AccountNames(
            stored: try session.store.accounts(), configured: session.configuration.kpis.accounts, command: "erase")
        let cover = try HoldLimits(accounts: names, calendar: session.calendar).cover(
            customer: customer, conversation: nil, decision: nil, account: nil, from: nil, to: nil)
        guard let contact = cover.customer else { throw names.failure("no customer is named", fix: "give --customer") }
        let found = try session.store.customers(contact: contact, account: cover.account)
        guard let first = found.first else {
            throw names.failure(
                "the store has no row of customer \(customer)",
                fix: "check the number: it is the contact's id in Chatwoot, as reports name the customer")
        }
        guard found.count == 1 else {
            let choices = found.map(\.customer.text).joined(separator: " or ")
            throw names.failure("customer \(customer) is known in several accounts", fix: "name one: \(choices)")
        }
        return first
    }

    private func warn(of paths: [String], _ session: Session) {
        guard !paths.isEmpty else { return }
        session.console.report(
            "erase: warning: \(paths.count) files of the archive may still name the person, \(paths[0]) the first"
                + " [erase-sources]\n"
                + "  fix: give --sources to delete them whole, or leave them to retention; sources elsewhere are yours to clear"
        )
    }
}

extension ErasureOrder {
    init(customer: CustomerReference, reason: String, by: String, _ session: Session) {
        let key = session.key
        self.init(customer: customer, reason: reason, by: by, asOf: session.asOf) { marks in
            let mentions = RowMentions(marks, key: key)
            // What cannot be opened is whoever's; retention takes it.
            return { sealed in key.open(sealed).map(mentions.isIn) ?? false }
        }
    }
}
