internal import CountersignCore

/// `docs/kpis.md`: the definitions, and what queries and controls say of themselves in their headers.
public struct DefinitionPage {
    private let definitions: DefinitionLibrary
    private let queries: QueryLibrary

    public init(_ definitions: DefinitionLibrary, queries: QueryLibrary) {
        self.definitions = definitions
        self.queries = queries
    }

    /// - Throws: `ReportError.missingQuery` where a definition names a query that is not there.
    public func markdown() throws -> String {
        var parts = [
            "# What every figure means",
            """
            Written by `scripts/docs` from `queries/definitions/` and the headers of `queries/`; edit those. Each name may be asked
            for: `countersign explain NAME` shows the SQL and the parameters in force, `--rows` the rows behind it with file
            and line. `*` stands for the key of a row.
            """,
        ]
        for definition in definitions.definitions { parts += try section(definition) }
        if !queries.controls.isEmpty { parts += controls }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func section(_ definition: KPIDefinition) throws -> [String] {
        let facts = [
            "Version \(definition.version). Source: \(definition.source).",
            definition.parameters.isEmpty ? "" : "Parameters: \(code(definition.parameters)).",
        ]
        let rows = definition.figures.map { figure in
            [
                "`\(definition.path(figure.name))`", figure.title, figure.unit.rawValue, figure.means,
                figure.rows.map { "`\($0)`" } ?? "–",
            ]
        }
        var parts = [
            "## \(definition.title) (`\(definition.name)`)", definition.about,
            facts.filter { !$0.isEmpty }.joined(separator: " "),
            table(["Name", "Title", "Unit", "Meaning", "Rows"], rows),
        ]
        if !definition.queries.isEmpty {
            let sources = try definition.queries.map { name in
                let query = try queries.query(name)
                return [
                    "`\(name)`", "\(query.version)", query.title, query.sources.joined(separator: ", "), query.null,
                ]
            }
            parts.append(table(["Query", "Version", "What it gives", "Sources", "What is null"], sources))
        }
        return parts
    }

    private var controls: [String] {
        let rows = queries.controls.map { control in
            [
                "`\(control.id)`", "\(control.version)", control.title, control.severity.rawValue, control.pass,
                control.sop,
            ]
        }
        return [
            "## The controls one by one",
            table(["Control", "Version", "Rule", "Severity", "A pass means", "Source"], rows),
        ]
    }

    private func code(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map { row in
            "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }
}
