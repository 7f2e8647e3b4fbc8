/// How far a table of a live database has been read.
///
/// The next read begins a while before it, so that what was committed late, and rows of the very same time, are seen.
public struct Watermark: Hashable, Sendable {
    /// What was read, as a digest: server, table, columns, accounts. Under another basis the mark means nothing and all
    /// is read again.
    public let basis: String
    /// The latest change time among the rows read; never later than the read itself, whatever a row says of itself.
    public let changedAt: Instant?
    /// The largest id among them; `nil` where ids are no numbers.
    public let id: Int64?

    public init(basis: String, changedAt: Instant?, id: Int64?) {
        self.basis = basis
        self.changedAt = changedAt
        self.id = id
    }
}
