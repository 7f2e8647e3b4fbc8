/// The rows of a table, made one by one as a renderer asks for them: what is long is never held whole.
public struct TableRows {
    /// Hands over the rows of a range, in their order.
    public typealias Visit = (_ range: Range<Int>, _ body: ([Cell]) throws -> Void) throws -> Void

    public let count: Int
    private let visit: Visit

    /// - Parameter visit: may be called several times, and gives the same rows each time.
    public init(count: Int, visit: @escaping Visit) {
        self.count = count
        self.visit = visit
    }

    public init(_ cells: [[Cell]]) {
        self.init(count: cells.count) { range, body in
            for row in cells[range] { try body(row) }
        }
    }

    public var isEmpty: Bool { count == 0 }

    /// - Throws: what the body throws, or what the rows cannot be read for.
    public func forEach(in range: Range<Int>? = nil, _ body: ([Cell]) throws -> Void) throws {
        let range = (range ?? 0..<count).clamped(to: 0..<count)
        guard !range.isEmpty else { return }
        try visit(range, body)
    }

    /// The first rows, held.
    public func prefix(_ most: Int) throws -> [[Cell]] {
        var rows: [[Cell]] = []
        try forEach(in: 0..<min(most, count)) { rows.append($0) }
        return rows
    }
}

extension TableRows: ExpressibleByArrayLiteral {
    public init(arrayLiteral cells: [Cell]...) { self.init(cells) }
}
