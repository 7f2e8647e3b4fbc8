internal import ArgumentParser
internal import CountersignCore
internal import Foundation

struct AuditPackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Writes the evidence of a period: a folder and a .tar.gz that need no store to be checked.",
        discussion: """
            Reports, receipts, holds, the ledger's entries, sources, config and queries, with a README that says how to check
            all of it with sha256sum and a few lines of Python, and a manifest (signed, where there is a key). Everything is
            verified first: where something does not hold, no pack is written and the status is 65.

            EXAMPLE
              countersign audit pack --from 2026-10-01 --to 2026-10-31 --out packs
            """)

    @OptionGroup var options: JobOptions

    @OptionGroup var period: AuditPeriodOptions

    @Option(help: "The folder for the pack.")
    var out = "."

    func validate() throws {
        if period.from == nil || period.to == nil { throw ValidationError("a pack needs --from and --to") }
    }

    func run() throws {
        let store = try StoreReader(options, locking: .whereWritable)
        let span = try period.span(timeZone: store.configuration.kpis.timeZone)
        if let start = span.start, let end = span.end, start >= end {
            throw Failure(.usage, "--to: error: the period ends before it begins\n  fix: give a later --to")
        }
        let verification = try AuditVerification(store.inspector, configuration: store.configuration)
        guard verification.lines.status == .fine else {
            let failures = verification.lines.filter { $0.level == .fail }
            throw Failure(
                verification.lines.status,
                "audit: error: the evidence does not verify: \(failures.map(\.text).joined(separator: "; ")) [evidence]\n"
                    + "  fix: countersign audit verify names each with its fix")
        }
        let pack = EvidencePack(
            store, verification, period: span, madeAt: try options.moment(default: Clock.now()))
        let folder = OutputFolder(
            out: Configuration.absolute(out),
            label: "audit-\(Self.label(period.from))_\(Self.label(period.to))")
        try folder.replace { try pack.write(to: $0) }
        let archive = try Archive(of: folder).write()
        try StandardStream.output("\(folder.path)\n\(archive)\n".utf8)
    }

    /// A day, or what stands before the time of day.
    private static func label(_ text: String?) -> String {
        String((text ?? "").filter { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "T") })
    }
}

/// The folder as one file, the same bytes for the same folder.
private struct Archive {
    let folder: OutputFolder

    init(of folder: OutputFolder) { self.folder = folder }

    func write() throws -> String {
        let path = "\(folder.path).tar.gz"
        let temporary = "\(folder.out)/.\(folder.label)-tar.\(getpid()).new"
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/bin/tar")
        tar.arguments = [
            "--create", "--file", temporary, "--use-compress-program", "gzip -n", "--format", "gnu", "--sort", "name",
            "--mtime", "@0", "--owner", "0", "--group", "0", "--numeric-owner", "--directory", folder.out, folder.label,
        ]
        tar.standardInput = nil
        do {
            try tar.run()
        } catch {
            throw Failure(
                .cannotCreate, "\(path): error: tar cannot be started [output]\n  fix: install tar and gzip")
        }
        tar.waitUntilExit()
        guard tar.terminationStatus == 0 else {
            unlink(temporary)
            throw Failure(
                .inputOutput, "\(path): error: tar did not finish [output]\n  fix: check free disk space")
        }
        chmod(temporary, 0o600)
        try DurableFile.sync(file: temporary)
        guard rename(temporary, path) == 0 else { throw DurableFile.failure(path, "renamed") }
        try DurableFile.sync(folder: folder.out)
        return path
    }
}
