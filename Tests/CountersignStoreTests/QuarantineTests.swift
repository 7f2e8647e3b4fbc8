import CountersignCore
import CountersignStore
import Testing

/// What is in quarantine can be taken up again; files can be read again when word lists have changed.
@Suite struct QuarantineTests {
    private func policy(_ settings: KPISettings = KPISettings(), isRefresh: Bool = false) -> IngestPolicy {
        IngestPolicy(settings: settings, now: .start, retention: nil, isRefresh: isRefresh)
    }

    private func counts(_ store: TestStore) throws -> [String] {
        try store.rows(
            "select rows_read, rows_loaded, rows_unchanged, rows_rejected, rows_excluded from source_file", columns: 5)
    }

    @Test func `a row that is mended leaves the quarantine and moves in its file's totals`() throws {
        let store = try TestStore()
        try store.load(.decision("d0") + .rejected(line: 3) + .rejected(line: 9) + .rejected(line: 11))
        #expect(try counts(store) == ["4 1 0 3 0"])
        let summary = try store.store.retryRejected(policy: policy()) { row in
            #expect(row.row == Array("{}".utf8) && row.file == "file-1")
            switch row.line {
            case 3: return Records.decision("d1", at: .after(minutes: 1)).batch
            case 9: return Records.decision("d2", at: .after(minutes: 2), scope: "build").batch
            default: return nil
            }
        }
        #expect(summary.tried == 3 && summary.loaded == 2 && summary.cut == 0)
        #expect(try counts(store) == ["4 2 0 1 1"])
        #expect(try store.count("decision") == 3)
        #expect(try store.rows("select line from quarantine", columns: 1) == ["11"])
        #expect(
            try store.rows("select outcome, reason, row_count from source_reason order by 1, 2", columns: 3)
                == ["excluded scope 1", "rejected field-missing 1"])
        try store.derive()
        let quality = try store.document(asOf: .after(days: 7))
        #expect(quality["data_quality.sources.0.rejected_by.field-missing"] == .int(1))
        #expect(quality["data_quality.sources.0.excluded_by.scope"] == .int(1))
        #expect(
            quality["data_quality.reasons"]?.items.map { [$0["outcome"], $0["reason"], $0["rows"]] } == [
                [.string("excluded"), .string("scope"), .int(1)],
                [.string("rejected"), .string("field-missing"), .int(1)],
            ])
    }

    @Test func `a failure while a file's rows are tried changes nothing`() throws {
        struct Stop: Error {}
        let store = try TestStore()
        try store.load(.rejected(line: 3) + .rejected(line: 9))
        #expect(throws: Stop.self) {
            _ = try store.store.retryRejected(policy: policy()) { row in
                if row.line == 9 { throw Stop() }
                return Records.decision("d1").batch
            }
        }
        #expect(try store.count("decision") == 0)
        #expect(try store.count("quarantine") == 2)
        #expect(try counts(store) == ["2 0 0 2 0"])
    }

    @Test func `a file that is read again by other word lists judges its texts anew and keeps its counts`() throws {
        func records(_ flags: TextFeatures.Flags) -> Records {
            var records = Records.message(10, in: 1, .customer, .start, sender: 900)
            records.batch.messages[0].text?.features = TextFeatures(
                textHash: 7, tokenCount: 2, flags: flags, largestAmountHundredths: nil)
            return records
        }
        let store = try TestStore()
        let identity = FileIdentity(
            path: "messages", device: 1, inode: 2, size: 10, modifiedNanoseconds: 1, changedNanoseconds: 1)
        try store.load([records([])], name: "messages", identity: identity)
        var settings = KPISettings()
        settings.featureRules.riskWords = ["voucher"]
        func older() throws -> Document? {
            try store.derive(settings)
            return try store.document(asOf: .after(days: 7), settings: settings)[
                "data_quality.judged_by_older_word_lists"]
        }
        #expect(try older() == .int(1))
        try store.load([records(.riskWord)], settings: settings, name: "messages", identity: identity, isRefresh: true)
        #expect(try older() == .int(0))
        #expect(try store.rows("select flags from message", columns: 1) == ["4"])
        #expect(try counts(store) == ["1 1 0 0 0"])
    }
}
