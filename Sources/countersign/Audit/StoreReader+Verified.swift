internal import CountersignCore
internal import CountersignStore
internal import Foundation

extension StoreReader {
    /// Writes `audit.verified`.
    ///
    /// - Returns: how that went, and the head after it; `nil` where the store could not be written.
    func record(_ verification: AuditVerification) -> (line: CheckLine, head: LedgerHead?) {
        do {
            guard isLocked else {
                throw Failure(.databaseUnavailable, "\(configuration.store): the store may not be written here")
            }
            let key = try PrivacyKeyFile.load(configuration.resolve(configuration.keyPath), mayCreate: false)
            let migrations = try resources.migrations(schema: location.schemaFolder)
            let body = Document.object([
                .init("entries", .int(verification.reading.state.entries)),
                .init("head", .string(verification.reading.state.head.hash)),
                .init("files", .int(verification.fileCount)),
                .init("warnings", .int(verification.lines.filter { $0.level == .warn }.count)),
            ])
            let head = try location.open(migrations: migrations, key: key)
                .append(.auditVerified, body, by: Session.author(key), now: Clock.now())
            return (.ok("ledger", "this verification is entry \(head.seq)"), head)
        } catch {
            let reason = CheckLine.fail("", Failure(error)).text
            return (
                .warn(
                    "ledger", "no entry of this verification was written: \(reason)",
                    fix: "run it as the user of the store, where it may be written"), nil
            )
        }
    }
}
