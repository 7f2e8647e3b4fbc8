internal import PostgresClient

/// The tables that are there, with their columns: nothing about a schema is assumed.
struct Catalogue {
    struct Table {
        let oid: String
        let name: String
        /// Quoted, with its schema.
        let reference: String
        /// Names and types.
        let columns: [String: String]
        /// Row-level security applies to this role: rows may be hidden from it.
        let isRowSecured: Bool
    }

    private let tables: [String: Table]
    /// Server and database, as far as the role may know them.
    let origin: String

    /// - Parameter names: of the tables to look for, in the schemas of the search path, `public` first.
    init(_ connection: PostgresConnection, tables names: [String]) throws(PostgresError) {
        let list = names.map(PostgresConnection.quoted).joined(separator: ",")
        let rows = try connection.rows(
            """
            select n.nspname, c.relname, c.oid, row_security_active(c.oid), a.attname, format_type(a.atttypid, null)
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname = any (current_schemas(false)) and c.relkind in ('r', 'p', 'v', 'm', 'f')
                and c.relname = any ($1)
            order by n.nspname <> 'public', array_position(current_schemas(false), n.nspname), c.oid, a.attnum
            """, ["{\(list)}"])
        var found: [String: [[String]]] = [:]
        for row in rows.map({ $0.map { $0 ?? "" } }) {
            let name = row[1]
            // The first schema that has the table gives all of its columns.
            guard found[name]?.first.map({ $0[2] == row[2] }) ?? true else { continue }
            found[name, default: []].append(row)
        }
        tables = found.mapValues { rows in
            Table(
                oid: rows[0][2], name: rows[0][1],
                reference: "\(PostgresConnection.quoted(rows[0][0])).\(PostgresConnection.quoted(rows[0][1]))",
                columns: Dictionary(rows.map { ($0[4], $0[5]) }) { first, _ in first },
                isRowSecured: rows[0][3] == "t")
        }
        origin = try Self.origin(connection)
    }

    private static func origin(_ connection: PostgresConnection) throws(PostgresError) -> String {
        let place = try connection.rows(
            """
            select oid, has_function_privilege('pg_control_system()', 'execute')
            from pg_catalog.pg_database where datname = current_database()
            """)
        guard let row = place.first, row[1] == "t" else { return place.first?[0] ?? "" }
        let server = try connection.rows("select system_identifier from pg_control_system()")
        return "\(row[0] ?? "")/\(server.first?[0] ?? "")"
    }

    subscript(name: String) -> Table? { tables[name] }

    /// The table under a short name, if it is there and has these columns.
    func table(_ name: String, as alias: String, with columns: String...) -> TableAlias? {
        guard let table = tables[name], columns.allSatisfy({ table.columns[$0] != nil }) else { return nil }
        return TableAlias(table: table, alias: alias)
    }
}

/// A table under the name that it has in one query.
struct TableAlias {
    let table: Catalogue.Table
    let alias: String

    /// For `from` and `join`.
    var source: String { "\(table.reference) as \(alias)" }

    func has(_ column: String) -> Bool { table.columns[column] != nil }

    subscript(column: String) -> String { "\(alias).\(PostgresConnection.quoted(column))" }

    /// Whether its values can be compared with a time.
    func timeType(_ column: String) -> String? {
        switch table.columns[column] {
        case "timestamp without time zone": "timestamp"
        case "timestamp with time zone": "timestamptz"
        default: nil
        }
    }

    func isInteger(_ column: String) -> Bool {
        ["smallint", "integer", "bigint"].contains(table.columns[column])
    }

    /// A JSON object of those columns that are there.
    func object(_ columns: String...) -> [JSONMember] {
        columns.filter(has).map { JSONMember($0, self[$0]) }
    }

    /// The number of an enumeration in Ruby's words; another number stands as text.
    func word(_ column: String, _ words: String...) -> String {
        let cases = words.enumerated().map { "when \($0.offset) then '\($0.element)'" }.joined(separator: " ")
        return "case \(self[column]) \(cases) else \(self[column])::text end"
    }
}

/// A key and the SQL of its value.
struct JSONMember {
    let key: String
    let expression: String

    init(_ key: String, _ expression: String) {
        self.key = key
        self.expression = expression
    }
}

extension [JSONMember] {
    /// `json_build_object(…)`, for objects inside a row.
    var sql: String { "json_build_object(\(map { "'\($0.key)', \($0.expression)" }.joined(separator: ", ")))" }
}
