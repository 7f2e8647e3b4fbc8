internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore

extension RetentionCommand.Hold {
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Places a hold: what it covers survives every purge and erasure until it ends.",
            discussion: """
                A row is held where it fits every limit that is given; at least one is needed. ACCOUNT is a shop or Chatwoot's
                number, as reports name it. Times are such as 2026-11-02T05:00:00Z, or days such as 2026-11-02 in the config's
                time zone: from the day's beginning, and with --to and --until up to its end.

                The reason stands in the ledger for good: name no customer and nobody's email in it. --by stands there by
                pseudonym. What is not in the store is held all the same, as soon as it comes; a warning says so.

                EXAMPLES
                  countersign retention hold add --customer 8812 --by legal@example.com --reason 'case 2026-114'
                  countersign retention hold add --conversation 1/166 --by legal@example.com --reason 'complaint 7'
                  countersign retention hold add --account example.myshopify.com --from 2026-08-01 --to 2026-08-31 \\
                    --until 2027-12-31 --by audit@example.com --reason 'audit of August'
                """)

        @OptionGroup var options: JobOptions

        @Option(help: "A customer by contact id: 8812 in every account, ACCOUNT/8812 in one.")
        var customer: String?

        @Option(help: "A conversation, as ACCOUNT/NUMBER.")
        var conversation: String?

        @Option(help: "A decision by its id.")
        var decision: String?

        @Option(help: "Everything of an account, or with other limits only what is of it.")
        var account: String?

        @Option(help: "Rows of this moment or later.")
        var from: String?

        @Option(help: "Rows before this moment.")
        var to: String?

        @Option(help: "When the hold ends by itself (default: only when it is released).")
        var until: String?

        @Option(help: "Why, in a few words.")
        var reason: String

        @Option(help: "Who orders it, by email.")
        var by: String

        @Flag(name: .customLong("dry-run"), help: "Only say what would be held.")
        var dryRun = false

        func validate() throws {
            if [customer, conversation, decision, account, from, to].allSatisfy({ $0 == nil }) {
                throw ValidationError(
                    "a hold needs a limit: --customer, --conversation, --decision, --account, --from or --to")
            }
            try HoldText.check(reason: reason, by: by)
            for text in [customer, conversation, decision, account] where text?.isEmpty == true {
                throw ValidationError("an empty limit; is a variable of the script not set?")
            }
            if let decision, HoldText.isUnfit(decision) {
                throw ValidationError("--decision: “\(decision)” is no id of a decision")
            }
        }

        func run() throws {
            let session = try Session(options)
            let reader = HoldLimits(
                accounts: AccountNames(
                    stored: try session.store.accounts(), configured: session.configuration.kpis.accounts),
                calendar: session.calendar)
            let cover = try reader.cover(
                customer: customer, conversation: conversation, decision: decision, account: account, from: from,
                to: to)
            let until = try until.map { text throws(Failure) in try reader.moment(text, of: "--until", isEnd: true) }
            if let until, until <= session.asOf {
                throw HoldText.failure(
                    "--until lies before \(session.asOf.iso8601)", fix: "name a moment that is yet to come, or none")
            }
            for limit in try session.store.limitsWithoutRows(cover) {
                session.console.report(
                    "retention: warning: the store has no row of \(limit) [hold-without-rows]\n"
                        + "  fix: if it is a slip, release the hold and place another; what comes later is held")
            }
            let words = HoldWords(accounts: try session.store.accounts())
            guard !dryRun else {
                return try session.console.print("would hold: \(words.text(of: cover)), \(words.end(until))\n")
            }
            let hold = try session.store.addHold(
                cover, reason: HoldText.trimmed(reason), by: HoldPeople.person(by, key: session.key), until: until,
                author: session.author, now: Clock.now())
            try session.console.print("hold \(hold.id): \(words.text(of: cover)), \(words.end(until))\n")
        }
    }
}
