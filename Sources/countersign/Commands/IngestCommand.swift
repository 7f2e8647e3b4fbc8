internal import ArgumentParser
internal import CountersignCore

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Only ingest: files, folders, globs or databases; - reads standard input.",
        discussion: """
            What a file holds is found from its content. Each file is loaded whole or not at all; rows that cannot be
            read are named and kept in quarantine.

            EXAMPLE
              countersign ingest exports/chatwoot 'exports/**/*.ndjson'
              countersign ingest postgres:service=chatwoot_ro
            """)

    @OptionGroup var options: JobOptions

    @Option(help: "Take every row for this kind: \(SourceKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: String?

    @Argument(help: "Files, folders, globs, or postgres:service=…; none: the inputs of the config.")
    var paths: [String] = []

    func validate() throws {
        guard let kind, SourceKind(rawValue: kind) == nil else { return }
        throw ValidationError(
            "--kind: “\(kind)” is not one of \(SourceKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    func run() throws {
        let session = try Session(options)
        var ingest = IngestJob(session: session)
        if paths.isEmpty {
            try ingest.runConfigured()
        } else {
            try ingest.run(paths: paths, kind: kind.flatMap(SourceKind.init))
        }
        try session.derive()
        if ingest.status != .fine { throw ExitCode(ingest.status.rawValue) }
    }
}
