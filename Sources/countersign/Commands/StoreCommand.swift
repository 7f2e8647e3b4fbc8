internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "The store as text, and whether it is sound.",
        subcommands: [Dump.self, Check.self])

    struct Dump: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The whole store as sorted text, one JSON object a line.",
            discussion: """
                Two stores with the same records and facts give the same text, whatever files they were loaded from, and in
                what order: times of runs, places in sources, inner numbers of names and receipts are left out. Both must have
                the same privacy key. The text holds what the store holds: approved replies, names and emails of staff.

                EXAMPLES
                  countersign store dump | sha256sum
                  countersign store dump --out before.ndjson
                """)

        @OptionGroup var options: JobOptions

        @Option(help: "The file to write (default: standard output).")
        var out: String?

        func run() throws {
            let reader = try StoreReader(options, locking: .yes)
            let queries = try reader.resources.storeQueries()
            guard let out else {
                return try reader.inspector.dump(queries) { try StandardStream.output($0) }
            }
            try DurableFile.replace(Configuration.absolute(out)) { write in
                try reader.inspector.dump(queries, into: write)
            }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether the store is whole and its rows fit each other. Changes nothing.",
            discussion: """
                One line for each thing looked at. Exit status: 0 all of it holds; 65 something does not; 69 the file is
                damaged, or cannot be opened.

                EXAMPLE
                  countersign store check
                """)

        @OptionGroup var options: JobOptions

        func run() throws {
            let reader = try StoreReader(options, locking: .yes)
            let path = reader.configuration.resolve(reader.configuration.keyPath)
            let findings = try reader.inspector.findings(
                migrations: try reader.resources.migrations(schema: reader.location.schemaFolder),
                key: try? PrivacyKeyFile.load(path, mayCreate: false), promises: promises(reader))
            let lines = findings.map { finding -> CheckLine in
                guard let fault = finding.fault else { return .ok("", finding.title) }
                return .fail(
                    "", "\(finding.title): \(fault)", fix: finding.fix,
                    finding.isDamage ? .databaseUnavailable : .inputRejected)
            }
            try StandardStream.output(CheckText.text(lines, subjectWidth: 0).utf8)
            if lines.status != .fine { throw ExitCode(lines.status.rawValue) }
        }

        private func promises(_ reader: StoreReader) throws -> [StoreQuery] {
            try reader.resources.storeQueries().filter { $0.subject(of: "check") != nil }
        }
    }
}
