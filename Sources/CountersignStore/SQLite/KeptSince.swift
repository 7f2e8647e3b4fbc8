internal import CountersignCore
internal import GRDB

/// Since when the rows of each account are all here (table `kept_since`).
struct KeptSince {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// Notes accounts that are new, with the cut-off under which their first rows came.
    ///
    /// - Parameter cutoff: `nil` where none expired on arrival.
    func note(cutoff: Instant?) throws {
        try db.execute(
            sql: """
                insert or ignore into kept_since (account_id, loaded_since, purged_before)
                select account_id, :cutoff, :never from account union all select 0, :cutoff, :never
                """, arguments: ["cutoff": cutoff?.microseconds ?? .min, "never": Int64.min])
    }

    /// A purge has taken what lies before.
    func raise(to cutoff: Instant) throws {
        try note(cutoff: nil)
        try db.execute(
            sql: "update kept_since set purged_before = :cutoff where purged_before < :cutoff",
            arguments: ["cutoff": cutoff.microseconds])
    }
}
