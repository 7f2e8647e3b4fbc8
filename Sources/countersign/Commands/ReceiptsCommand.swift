internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore

extension RetentionCommand {
    struct Receipts: ParsableCommand {
        enum Format: String, CaseIterable, ExpressibleByArgument { case table, json }

        static let configuration = CommandConfiguration(
            abstract: "The receipts of purges and erasures, from the ledger.",
            discussion: """
                The table has a line for each data set of which something was purged or held; json has each receipt as it
                stands in the ledger. No run lock is taken.

                EXAMPLES
                  countersign retention receipts
                  countersign retention receipts --from 2026-10-01 --to 2026-12-31 --format json
                """)

        @OptionGroup var options: JobOptions

        @Option(help: "table or json.")
        var format = Format.table

        @Option(help: "Those as of this moment or later; a day begins in the config's time zone.")
        var from: String?

        @Option(help: "Those as of a moment before this one; a day up to its end.")
        var to: String?

        func run() throws {
            let reader = try StoreReader(options, locking: .no)
            let receipts = try receipts(reader)
            switch format {
            case .json:
                try options.console.print(Document.array(receipts.map(\.document)).json())
            case .table:
                guard !receipts.isEmpty else { return try options.console.print("No purge or erasure is on record.\n") }
                var table = TableRows(Self.columns, lineWidth: TableRows.terminalWidth)
                for receipt in receipts { for row in Self.rows(receipt) { try table.row(row) } }
                try table.end()
            }
        }

        private struct Receipt {
            let asOf: Instant
            let document: Document
        }

        private func receipts(_ reader: StoreReader) throws -> [Receipt] {
            guard let calendar = ReportCalendar(timeZone: reader.configuration.kpis.timeZone) else { return [] }
            let limits = HoldLimits(accounts: AccountNames(stored: [], configured: []), calendar: calendar)
            let start = try from.map { text throws(Failure) in try limits.moment(text, of: "--from", isEnd: false) }
            let end = try to.map { text throws(Failure) in try limits.moment(text, of: "--to", isEnd: true) }
            var receipts: [Receipt] = []
            try reader.inspector.ledger(nil) { entry in
                let kinds = [LedgerKind.retentionPurged, .customerErased].map(\.rawValue)
                guard kinds.contains(entry.kind) else { return }
                guard let document = try? Document(json: Array(entry.body.utf8)),
                    let asOf = document["as_of"]?.string.flatMap(Instant.init(iso8601:))
                else {
                    throw StoreError.damaged(
                        path: reader.configuration.store, reason: "the receipt of entry \(entry.seq) is none")
                }
                if let start, asOf < start { return }
                if let end, asOf >= end { return }
                receipts.append(Receipt(asOf: asOf, document: document))
            }
            return receipts
        }

        private static let columns = [
            "as_of", "receipt", "customer", "set", "cutoff_at", "before", "purged", "held", "after",
        ].map { QueryColumn(name: $0, type: nil) }

        private static func rows(_ receipt: Receipt) -> [[ResultValue]] {
            let head: [ResultValue] = [
                .int(receipt.asOf.microseconds), .text(receipt.document["receipt"]?.string ?? ""),
                receipt.document["customer"]?.string.map { .text($0) } ?? .null,
            ]
            let sets = (receipt.document["sets"]?.items ?? []).filter { set in
                (set["purged"]?.number ?? 0) > 0 || (set["held"]?.number ?? 0) > 0
            }
            guard !sets.isEmpty else {
                return [head + [.text("nothing"), .null, .null, .int(0), .int(0), .null]]
            }
            return sets.map { set in
                let cutoff = set["cutoff"]?.string.flatMap(Instant.init(iso8601:))
                let counts = ["before", "purged", "held", "after"].map { key in
                    set[key]?.number.map { ResultValue.int(Int64($0)) } ?? .null
                }
                return head + [
                    .text(set["set"]?.string ?? ""), cutoff.map { .int($0.microseconds) } ?? .null,
                ] + counts
            }
        }
    }
}
