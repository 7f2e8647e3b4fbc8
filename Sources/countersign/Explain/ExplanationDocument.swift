internal import CountersignCore
internal import CountersignReport

/// An explanation as JSON.
struct ExplanationDocument {
    let explanation: Explanation
    let parameters: [(key: String, value: String, origin: String)]

    var document: Document {
        let figure = explanation.figure
        var members: [Document.Member] = [
            .init("name", .string(explanation.name)), .init("account", .string(explanation.account)),
            .init("title", .string(explanation.title)),
            .init("means", .string(figure?.means ?? explanation.definition.about)),
            .init("value", explanation.value), .init("unit", .optional(figure) { .string($0.unit.rawValue) }),
            .init("kpi", .string(explanation.definition.name)), .init("version", .int(explanation.definition.version)),
            .init("source", .string(explanation.definition.source)),
            .init(
                "parameters",
                .array(
                    parameters.map {
                        .object([
                            .init("key", .string($0.key)), .init("value", .string($0.value)),
                            .init("from", .string($0.origin)),
                        ])
                    })),
            .init(
                "queries",
                .array(
                    explanation.queries.map {
                        .object([
                            .init("file", .string($0.path)), .init("version", .int($0.version)),
                            .init("title", .string($0.title)), .init("sql", .string($0.sql)),
                        ])
                    })),
        ]
        if let reason = explanation.notMeasurable { members.append(.init("not_measurable", .string(reason))) }
        if explanation.isOfHistory { members.append(.init("of_history", .bool(true))) }
        if let made = explanation.made {
            members += [
                .init("recipe", made.recipe), .init("rows", .optional(made.rows, Self.rows)),
                .init("recomputed", made.value), .init("agrees", .bool(explanation.agrees ?? false)),
            ]
        }
        return .object(members)
    }

    private static func rows(_ listed: ListedRows) -> Document {
        .object([
            .init("query", .string(listed.path)), .init("version", .int(listed.version)),
            .init("sql", .string(listed.sql)),
            .init(
                "items",
                .array(listed.rows.map { row in .object(listed.columns.map { .init($0, value(row, $0)) }) })),
        ])
    }

    private static func value(_ row: QueryRow, _ column: String) -> Document {
        switch row[column] {
        case .null, .blob: .null
        case .text(let text): .string(text)
        case .int(let value): column.hasSuffix("_at") ? .instant(Instant(microseconds: value)) : .int(Int(value))
        }
    }
}
