internal import CountersignCore

/// Files about the log, which stand beside its exports and hold none of its rows.
extension Members {
    /// What the object is; `nil` for none of these.
    var nameOfReport: String? {
        if hasAny(.deletedCount, .totalDeleted, .cleanupDate, .rowsDeleted) || (has(.event, .results) && hasPurgeEvent)
        {
            return "a purge log"
        }
        if has(.originalTable, .archivedAt) { return "an archive of deleted rows" }
        if has(.jobid, .runid) { return "a log of scheduled jobs" }
        if has(.sha256) || self[.files]?.elements.first?.members?.has(.sha256) == true { return "a hash register" }
        if has(.bundleType, .checksums) { return "a bundle manifest" }
        if has(.totals, .statusBreakdown) || has(.totalDecisions, .successCount) { return "a sync summary" }
        if has(.caseId, .output) { return "the details of a recommendation" }
        return nil
    }

    private var hasPurgeEvent: Bool {
        self[.event]?.utf8.map { String(decoding: $0.suffix(6), as: UTF8.self) == ".purge" } ?? false
    }
}
