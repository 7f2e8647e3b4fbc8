/// A total that a workbook counts itself, from the rows that it shows, beside the value that the report has.
public struct Check {
    /// What the workbook does with the cells of the table.
    public enum Sum: Hashable, Sendable {
        /// How many rows there are.
        case rows
        /// The sum of a column of counts, by its key.
        case column(String)
        /// How many cells of a column hold this word, as the report shows it.
        case word(column: String, word: String)
    }

    /// `Rows rejected`
    public let title: String
    public let value: Int?
    /// The name that `explain` takes for the value.
    public let name: FigureReference?
    /// The id of a table of the same report that stands in the workbook.
    public let table: String
    public let sum: Sum

    public init(title: String, value: Int?, name: FigureReference?, table: String, sum: Sum) {
        self.title = title
        self.value = value
        self.name = name
        self.table = table
        self.sum = sum
    }
}

extension Check.Sum {
    /// What one row adds to it.
    ///
    /// - Parameter columns: of the row's table.
    public func addend(_ row: [Cell], columns: [Column]) -> Int {
        func cell(_ key: String) -> Cell? {
            zip(columns, row).first { $0.0.key == key }?.1
        }
        switch self {
        case .rows: return 1
        case .column(let key):
            guard case .count(let count) = cell(key) else { return 0 }
            return count
        case .word(let key, let word):
            switch cell(key) {
            case .state(let text), .text(let text): return text == word ? 1 : 0
            default: return 0
            }
        }
    }
}
