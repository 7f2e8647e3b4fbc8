/// Cuts a source into rows.
protocol FrameSource: ~Copyable {
    /// The next row; `nil` at the end of the source.
    mutating func next() throws -> Frame?

    /// Takes the last row, which was a guess, back and finds it by other means.
    mutating func reconsider()

    /// 1-based, of the place that has been reached.
    var line: Int { get }
    /// Whether the source ended inside what surrounds the rows.
    var isCutOff: Bool { get }
    /// Whether the source had nothing but white space.
    var isBlank: Bool { get }
}
