public import CountersignCore

/// Where a loaded file is moved to (`cli.md`, `ingest.after_ingest`).
public struct ArchivePlace: Hashable, Sendable {
    /// From the config's folder where it lies in it.
    public var path: String
    /// What reports call the file: where it was loaded from.
    public var name: String
    /// The input of the config that found it; empty for a file that was loaded from the archive itself.
    public var input: String
    /// What the input says of its rows.
    public var kind: SourceKind?
    /// Chatwoot's account of rows that name none.
    public var account: Int64?

    public init(path: String, name: String, input: String, kind: SourceKind?, account: Int64?) {
        self.path = path
        self.name = name
        self.input = input
        self.kind = kind
        self.account = account
    }
}

/// A source in the archive.
public struct ArchivedFile: Hashable, Sendable {
    public let place: ArchivePlace
    public let sha256: String
    /// Of its first and newest row; `nil` where no row has a time.
    public let firstAt: Instant?
    public let lastAt: Instant?
    public let archivedAt: Instant
    /// Rows of it expired on arrival under a cut-off that was too late: it has to be read again.
    public let mustBeRead: Bool

    /// By which retention takes it: the time of its newest row, else that of its move.
    public var newestAt: Instant { lastAt ?? archivedAt }
}
