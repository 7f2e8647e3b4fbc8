/// What became of a file's rows. Balances always: read = loaded + unchanged + duplicate + rejected + excluded +
/// expired (`cli.md`, Ingest promises).
public struct ControlTotals: Hashable, Sendable {
    public var read = 0
    /// New, or newer than what was there.
    public var loaded = 0
    /// In the store already, equal or newer, from another file.
    public var unchanged = 0
    /// The same record again in the same file, or a twin of another decision (kpis.md §0).
    public var duplicate = 0
    /// In quarantine.
    public var rejected = 0
    /// Kept, but of another scope or of a sample shop or actor: no figure counts it.
    public var excluded = 0
    /// Older than the retention period: not stored.
    public var expired = 0

    public init() {}

    public var isBalanced: Bool { read == loaded + unchanged + duplicate + rejected + excluded + expired }

    public static func += (a: inout ControlTotals, b: ControlTotals) {
        a.read += b.read
        a.loaded += b.loaded
        a.unchanged += b.unchanged
        a.duplicate += b.duplicate
        a.rejected += b.rejected
        a.excluded += b.excluded
        a.expired += b.expired
    }
}

/// What tells that a file has not changed since it was last read.
public struct FileIdentity: Hashable, Sendable {
    public let path: String
    public let device: UInt64
    public let inode: UInt64
    public let size: Int64
    public let modifiedNanoseconds: Int64
    public let changedNanoseconds: Int64

    public init(
        path: String, device: UInt64, inode: UInt64, size: Int64, modifiedNanoseconds: Int64,
        changedNanoseconds: Int64
    ) {
        self.path = path
        self.device = device
        self.inode = inode
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
    }
}
