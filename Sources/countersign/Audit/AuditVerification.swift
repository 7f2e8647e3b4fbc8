internal import CountersignCore
internal import CountersignReport
internal import CountersignStore
internal import Foundation

/// Everything that the ledger says, held against what is there.
struct AuditVerification {
    let reading: LedgerReading
    let lines: [CheckLine]
    /// Folders that are as an entry has them.
    let reports: [LedgerReading.WrittenReport]
    let fileCount: Int

    /// - Parameters:
    ///   - head: a hash that was noted elsewhere.
    ///   - publicKey: of `--public-key`; else that of the config is taken.
    init(
        _ source: any LedgerSource, configuration: Configuration, head: String? = nil, publicKey: VerifyingKey? = nil
    ) throws {
        reading = try LedgerReading(source)
        var lines = Self.chainLines(reading)
        if let head { lines.append(Self.headLine(head, reading)) }
        let folders = Self.folderLines(reading, configuration)
        lines += folders.lines
        reports = folders.reports
        fileCount = folders.files
        lines.append(try Self.receiptLine(source))
        lines += try ErasureCheck(source).lines
        lines.append(try HoldCheck(source).line)
        if let first = reading.notErased.first {
            lines.append(
                .warn(
                    "retention",
                    "what entry \(first) purged may still stand in the store's file: it was not written anew",
                    fix: "countersign retention apply"))
        }
        let own = try? configuration.signingKey()?.verifying
        lines += SignatureCheck(
            reading: reading, configuration: configuration, key: publicKey ?? own, isDemanded: publicKey != nil
        ).lines(reports)
        self.lines = lines
    }

    private static func chainLines(_ reading: LedgerReading) -> [CheckLine] {
        let state = reading.state
        if let fault = state.fault {
            return [
                .fail(
                    "ledger", fault.description,
                    fix: "the entries before it hold; compare the rest with a pack, a backup or the heads in reports",
                    .inputRejected)
            ]
        }
        guard let first = state.firstAt, let last = state.lastAt else {
            return [.warn("ledger", "there is no entry", fix: "countersign run writes the first")]
        }
        return [
            .ok("ledger", "\(Age.plural(state.entries, "entr", "ies", one: "y")) from \(first) to \(last)"),
            .ok("head", state.head.hash),
        ]
    }

    private static func headLine(_ head: String, _ reading: LedgerReading) -> CheckLine {
        guard let index = reading.hashes.firstIndex(of: head.lowercased()) else {
            return .fail(
                "head", "no entry has the hash \(head): the ledger was cut, or made anew",
                fix: "see that the hash is whole; else look for the store that it was noted from", .inputRejected)
        }
        return .ok("head", "the hash that was noted is that of entry \(index + 1)")
    }

    private static func folderLines(
        _ reading: LedgerReading, _ configuration: Configuration
    ) -> (lines: [CheckLine], reports: [LedgerReading.WrittenReport], files: Int) {
        let check = ReportFolderCheck(reading: reading, configuration: configuration)
        var lines: [CheckLine] = []
        var reports: [LedgerReading.WrittenReport] = []
        var (files, gone) = (0, 0)
        for folder in reading.folders {
            switch check.outcome(folder) {
            case .equal(let report, let count, let isNewest):
                reports.append(report)
                files += count
                if !isNewest {
                    lines.append(unfinished("\(folder) is as entry \(report.seq) has it: a later run did not finish"))
                }
            case .gone(true): gone += 1
            case .gone(false): lines.append(unfinished("\(folder) is not there: the run that began it did not finish"))
            case .differs(let found):
                lines += found.map {
                    .fail("reports", $0, fix: "put it back from a copy, or write the report anew", .inputRejected)
                }
            }
        }
        let taken = gone == 0 ? "" : ", \(Age.plural(gone, "folder")) gone by retention"
        let text =
            "\(Age.plural(files, "file")) in \(Age.plural(reports.count, "folder")) are as they were written\(taken)"
        return ([.ok("reports", text)] + lines, reports.sorted { $0.seq < $1.seq }, files)
    }

    private static func unfinished(_ text: String) -> CheckLine {
        .warn("reports", text, fix: "countersign report writes it anew")
    }

    private static func receiptLine(_ source: any LedgerSource) throws -> CheckLine {
        do {
            guard let check = try source.receiptCheck() else {
                return .warn(
                    "retention", "no purge has run yet", fix: "countersign retention apply, or retention.enabled")
            }
            guard check.failures.isEmpty else {
                return .fail(
                    "retention", check.failures.map(\.leftBehind).joined(separator: "; "),
                    fix: "countersign retention apply", .inputRejected)
            }
            return .ok("retention", "nothing is older than the cut-offs of the receipt \(check.receipt.id)")
        } catch let fault as LedgerChain.Fault {
            return .fail("retention", fault.description, fix: "see the line on the ledger", .inputRejected)
        }
    }
}

extension Age {
    /// `1 entry`, `2 entries`
    static func plural(_ count: Int, _ stem: String, _ many: String, one: String) -> String {
        "\(count) \(stem)\(count == 1 ? one : many)"
    }
}
