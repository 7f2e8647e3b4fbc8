internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore
internal import Foundation

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The ledger: check it, print it, pack the evidence, make a signing key.",
        subcommands: [Verify.self, Log.self, AuditPackCommand.self, Keygen.self])

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks the ledger, the reports that it names, the last receipt and signatures.",
            discussion: """
                One line for each thing looked at. Recomputes the chain of entries; compares every report with the newest entry
                that names it; looks for rows older than the cut-offs of the last receipt; checks the signatures of manifests.
                That the end of the ledger was cut off shows only against a head that was noted elsewhere: in a report, a pack or
                the last line of a run. Where all holds, an entry of this verification is written.

                Exit status: 0 all of it holds; 65 something does not; 69 the store cannot be opened; 75 a run is under way.

                EXAMPLES
                  countersign audit verify
                  countersign audit verify --head 3f0c… --public-key audit.key.pub
                """)

        @OptionGroup var options: JobOptions

        @Option(help: "A head that was noted elsewhere: 64 hex digits that some entry must have.")
        var head: String?

        @Option(name: .customLong("public-key"), help: "The public key (PEM) to check signatures with.")
        var publicKey: String?

        func validate() throws {
            guard let head else { return }
            guard head.utf8.count == 64, head.allSatisfy({ $0.isHexDigit && $0.isASCII }) else {
                throw ValidationError("--head: “\(head)” is not 64 hex digits")
            }
        }

        func run() throws {
            let key = try publicKey.map { try SigningKeyFile.loadPublic(Configuration.absolute($0)) }
            let store = try StoreReader(options, locking: .whereWritable)
            let verification = try AuditVerification(
                store.inspector, configuration: store.configuration, head: head, publicKey: key)
            var lines = verification.lines
            var last: LedgerHead?
            if lines.status == .fine {
                let (line, head) = store.record(verification)
                lines.append(line)
                last = head
            }
            try StandardStream.output(CheckText.text(lines, subjectWidth: 10).utf8)
            if let last {
                try StandardStream.output("\nLedger: \(last.seq) entries, head \(last.hash)\n".utf8)
            }
            if lines.status != .fine { throw ExitCode(lines.status.rawValue) }
        }
    }

    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the ledger, one entry a line.",
            discussion: """
                As a table, or with --format json as canonical JSON (RFC 8785): what was hashed, with the hash.

                EXAMPLES
                  countersign audit log --from 2026-10-26 --kind retention.purged
                  countersign audit log --format json > ledger.ndjson
                """)

        @OptionGroup var options: JobOptions

        @OptionGroup var period: AuditPeriodOptions

        @Option(help: "Only entries of one kind, such as report.written.")
        var kind: String?

        @Option(help: "table or json.")
        var format = Format.table

        enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

        func validate() throws {
            guard let kind, LedgerKind(rawValue: kind) == nil else { return }
            let known = LedgerKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--kind: “\(kind)” is not one of \(known)")
        }

        func run() throws {
            let reader = try StoreReader(options, locking: .no)
            let span = try period.span(timeZone: reader.configuration.kpis.timeZone)
            var output = OutputBuffer()
            if format == .table { try output.write(LedgerLine.header) }
            try reader.inspector.ledger(kind.flatMap(LedgerKind.init)) { entry in
                guard span.contains(entry) else { return }
                try output.write(format == .json ? entry.line + "\n" : LedgerLine.text(entry))
            }
            try output.flush()
        }
    }

    struct Keygen: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an Ed25519 key that signs manifests and packs.",
            discussion: """
                Writes the private key (PKCS #8, mode 0600) and beside it FILE.pub, which auditors get. Neither is ever written
                over. Name the private one as audit.signing_key in the config. A signature is checked with

                  openssl pkeyutl -verify -pubin -inkey FILE.pub -rawin -in manifest.json -sigfile manifest.json.sig

                EXAMPLE
                  countersign audit keygen --out audit.key
                """)

        @Option(help: "The file of the private key.")
        var out = "audit.key"

        func run() throws {
            let path = Configuration.absolute(out)
            let key = try SigningKeyFile.create(path)
            try StandardStream.output(
                "\(path): the signing key \(key.verifying.id); keep it, and give \(path).pub to who checks\n".utf8)
        }
    }
}
