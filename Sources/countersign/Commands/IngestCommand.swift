internal import ArgumentParser
internal import CountersignCore

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Only ingest: files, folders, globs or databases; - reads standard input.",
        discussion: """
            What a file holds is found from its content. Each file is loaded whole or not at all; rows that cannot be
            read are named and kept in quarantine. With ingest.after_ingest: archive files of the config's inputs are then moved
            into ingest.archive; --refresh reads them there.

            EXAMPLES
              countersign ingest exports/chatwoot 'exports/**/*.ndjson'
              countersign ingest postgres:service=chatwoot_ro
              ssh desk cat decisions.ndjson | countersign ingest -
              countersign ingest --account 3 exports/messages.json
              countersign ingest --refresh              # after word lists have changed
              countersign ingest --retry-rejected       # after a fix
            """)

    @OptionGroup var options: JobOptions

    @Option(
        help:
            "Take every row for this kind, in files that are known too: \(SourceKind.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var kind: String?

    @Argument(help: "Files, folders, globs, or postgres:service=…; none: the inputs of the config.")
    var paths: [String] = []

    @Option(help: "Chatwoot's account of rows that name none, in files that are known too.")
    var account: Int64?

    @Flag(help: "Read files again that are known: judges their texts by today's word lists.")
    var refresh = false

    @Flag(name: .customLong("retry-rejected"), help: "Take up the rows in quarantine again; reads no file.")
    var retryRejected = false

    func validate() throws {
        if retryRejected, !paths.isEmpty || refresh { throw ValidationError("--retry-rejected reads no file") }
        if paths.contains("") { throw ValidationError("an empty path; is a variable of the script not set?") }
        if kind != nil || account != nil, paths.isEmpty, !retryRejected {
            throw ValidationError("--kind and --account need paths; inputs of the config have kind: and account: there")
        }
        guard let kind, SourceKind(rawValue: kind) == nil else { return }
        throw ValidationError(
            "--kind: “\(kind)” is not one of \(SourceKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    func run() throws {
        let session = try Session(options)
        let status = try session.recorded("ingest") { try run(session) }
        if status != .fine { throw ExitCode(status.rawValue) }
    }

    private func run(_ session: Session) throws -> Status {
        var ingest = IngestJob(session: session, isRefresh: refresh)
        if retryRejected {
            try ingest.retryRejected(kind: kind.flatMap(SourceKind.init), account: account)
        } else if paths.isEmpty {
            try ingest.runConfigured()
        } else {
            try ingest.run(paths: paths, kind: kind.flatMap(SourceKind.init), account: account)
        }
        try session.derive()
        return ingest.status
    }
}
