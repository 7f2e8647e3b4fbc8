internal import ArgumentParser
internal import CountersignCore
internal import CountersignStore

extension Session {
    /// Does what changes the store or writes reports, between `run.started` and `run.finished`. A run that is killed has no
    /// `run.finished`; one that fails has.
    ///
    /// - Returns: what `body` returns; the command ends with it.
    func recorded(_ command: String, _ body: () throws -> Status) throws -> Status {
        try enter(
            .runStarted,
            [
                .init("command", .string(command)), .init("version", .string(Version.text)),
                .init("config_sha256", .string(configuration.digest)), .init("as_of", .instant(asOf)),
            ])
        try recordConfiguration()
        do {
            let status = try body()
            try finish(status.rawValue)
            return status
        } catch {
            // What failed is told to who waits for it; that this could not be written too is less.
            _ = try? finish((error as? ExitCode)?.rawValue ?? Failure(error).status.rawValue)
            throw error
        }
    }

    @discardableResult
    func enter(_ kind: LedgerKind, _ members: [Document.Member]) throws -> LedgerHead {
        try store.append(kind, .object(members), by: author, now: Clock.now())
    }

    private func finish(_ status: Int32) throws {
        let unsettled: [Document.Member] =
            unsettledFolders.isEmpty
            ? [] : [.init("unsettled", .array(unsettledFolders.map { .string($0) }))]
        try enter(.runFinished, [.init("status", .int(Int(status)))] + unsettled)
    }

    // MARK: Configuration

    /// `config.changed` where the effective config is another than that of the last run. Values stand there as keyed hashes
    /// alone: a manager's email could be guessed from a bare one.
    private func recordConfiguration() throws {
        var last: Document?
        try store.ledger(.configChanged) { last = try? Document(json: Array($0.body.utf8)) }
        let digests = ConfigurationKey.all.map { key in
            let hash = self.key.hash(.setting, "\(key.path)\0\(configuration.value(of: key.path) ?? "")".utf8)
            return Document.Member(key.path, .string(hash.bytes.hexadecimal))
        }
        let keyID = Document.optional(signingKey?.verifying.id) { .string($0) }
        let known = Dictionary(last?.values(of: "digests") ?? []) { first, _ in first }
        let changed =
            last == nil
            ? configuration.origins.keys.sorted() : digests.filter { known[$0.key] != $0.value }.map(\.key).sorted()
        guard
            last == nil || !changed.isEmpty || last?["signing_key"] != keyID
                || last?["config_sha256"]?.string != configuration.digest
        else { return }
        try enter(
            .configChanged,
            [
                .init("config_sha256", .string(configuration.digest)),
                .init("keys", .array(changed.map { .string($0) })), .init("signing_key", keyID),
                .init("digests", .object(digests)),
            ])
    }
}

extension Document {
    /// The members of an object, whose keys may hold dots.
    fileprivate func values(of key: String) -> [(String, Document)] {
        guard case .object(let members)? = self[key] else { return [] }
        return members.map { ($0.key, $0.value) }
    }
}

extension [UInt8] {
    fileprivate var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
