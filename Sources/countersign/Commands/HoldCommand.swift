internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore

extension RetentionCommand {
    struct Hold: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Legal holds: rows that every purge and erasure leaves.",
            subcommands: [Add.self, List.self, Release.self])
    }
}

extension RetentionCommand.Hold {
    struct List: ParsableCommand {
        enum Format: String, CaseIterable, ExpressibleByArgument { case table, json }

        static let configuration = CommandConfiguration(
            abstract: "The holds that are active, or with --all every one that was ever placed.",
            discussion: """
                No run lock is taken. As of --as-of, by default now.

                EXAMPLES
                  countersign retention hold list
                  countersign retention hold list --all --format json
                """)

        @OptionGroup var options: JobOptions

        @Flag(help: "Those that are released or have run out, too.")
        var all = false

        @Option(help: "table or json.")
        var format = Format.table

        func run() throws {
            let asOf = try options.moment(default: Clock.now())
            let reader = try StoreReader(options, locking: .no)
            let holds = try reader.inspector.holds().filter { all || $0.isActive(at: asOf) }
            let words = HoldWords(accounts: try reader.inspector.accounts(), names: try names(of: holds, reader))
            switch format {
            case .json:
                try options.console.print(
                    Document.array(holds.map { words.document(of: $0, at: asOf) }).json())
            case .table:
                guard !holds.isEmpty else {
                    return try options.console.print(
                        all ? "No hold was ever placed.\n" : "No hold is active. --all lists those that have ended.\n")
                }
                var table = TableRows(HoldWords.columns, lineWidth: TableRows.terminalWidth)
                for hold in holds { try table.row(words.row(of: hold, at: asOf)) }
                try table.end()
            }
        }

        /// People as they were named, by pseudonym where nobody may be named anywhere.
        private func names(of holds: [LegalHold], _ reader: StoreReader) throws -> [String: String] {
            guard reader.configuration.operatorEmails == .none else { return [:] }
            let key = try PrivacyKeyFile.load(
                reader.configuration.resolve(reader.configuration.keyPath), mayCreate: false)
            return HoldPeople.pseudonyms(of: holds, key: key)
        }
    }

    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends a hold. Deletes nothing: the next purge does.",
            discussion: """
                The reason stands in the ledger for good: name no customer and nobody's email in it.
                Exit status: 0 released; 64 there is no such hold, or it is released already.

                EXAMPLE
                  countersign retention hold release 3 --by legal@example.com --reason 'case 2026-114 is closed'
                """)

        @OptionGroup var options: JobOptions

        @Argument(help: "The hold's number, as list prints it.")
        var id: Int64

        @Option(help: "Who releases it, by email.")
        var by: String

        @Option(help: "Why, in a few words.")
        var reason: String

        @Flag(name: .customLong("dry-run"), help: "Only say what would be released.")
        var dryRun = false

        func validate() throws { try HoldText.check(reason: reason, by: by) }

        func run() throws {
            let session = try Session(options)
            let holds = try session.store.holds()
            guard let hold = holds.first(where: { $0.id == id }) else {
                let active = holds.filter { $0.isActive(at: session.asOf) }.map { String($0.id) }
                throw HoldText.failure(
                    "there is no hold \(id)",
                    fix: active.isEmpty ? "no hold is active" : "active are \(active.joined(separator: ", "))")
            }
            if let release = hold.release {
                throw HoldText.failure(
                    "hold \(id) was released at \(release.at.iso8601)",
                    fix: "countersign retention hold list shows those that are active")
            }
            let words = HoldWords(accounts: try session.store.accounts())
            guard !dryRun else {
                return try session.console.print("would release hold \(id): \(words.text(of: hold.cover))\n")
            }
            let person = HoldPeople.person(by, key: session.key)
            guard
                let released = try session.store.releaseHold(
                    id, reason: HoldText.trimmed(reason), by: person, author: session.author, now: Clock.now())
            else { throw HoldText.failure("hold \(id) is released already", fix: "nothing is left to do") }
            try session.console.print(
                "hold \(id) is released: \(words.text(of: released.cover)). The next purge takes what is over its time.\n"
            )
        }
    }
}
