internal import CountersignCore

/// Inserts rows sixteen to a statement, prepared once.
final class BulkInsert {
    private static let rowsPerStatement = 16
    private let many: Statement
    private let one: Statement

    /// - Parameter verb: `insert`, `insert or replace`, `insert or ignore`.
    init(_ connection: OpaquePointer?, _ verb: String, into table: String, columns: [String]) throws(StoreError) {
        let row = "(" + columns.map { _ in "?" }.joined(separator: ",") + ")"
        let head = "\(verb) into \(table) (\(columns.joined(separator: ","))) values "
        many = try Statement(
            connection, head + Array(repeating: row, count: Self.rowsPerStatement).joined(separator: ","))
        one = try Statement(connection, head + row)
    }

    /// - Parameter bind: binds the columns of one row to the indices from the given one on.
    func insert<Row>(
        _ rows: [Row], columns: Int32, bind: (borrowing Statement, Row, Int32) -> Void
    ) throws(StoreError) {
        var index = 0
        while index + Self.rowsPerStatement <= rows.count {
            for offset in 0..<Self.rowsPerStatement {
                bind(many, rows[index + offset], Int32(offset) * columns + 1)
            }
            try many.run()
            index += Self.rowsPerStatement
        }
        for row in rows[index...] {
            bind(one, row, 1)
            try one.run()
        }
    }
}
