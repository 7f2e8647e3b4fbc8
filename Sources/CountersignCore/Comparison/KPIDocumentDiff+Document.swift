extension KPIDocumentDiff {
    /// For programs: `countersign/diff/1`.
    ///
    /// - Parameters:
    ///   - a: what the first is called.
    ///   - b: what the second is called.
    ///   - notes: what could not be compared.
    public func document(a: String, b: String, notes: [String]) -> Document {
        .object([
            .init("schema", .string("countersign/diff/1")),
            .init("a", .string(a)), .init("b", .string(b)),
            .init("notes", .array(notes.map { .string($0) })),
            .init("frame", .array(frame.map(\.document))),
            .init(
                "reasons",
                .array(
                    reasons.map { reason in
                        .object([
                            .init("reason", .string(reason.kind.rawValue)),
                            .init("evidence", .array(reason.evidence.map(\.document))),
                        ])
                    })),
            .init("figures", .array(figures.map(\.document))),
        ])
    }
}

extension MoveEvidence {
    fileprivate var document: Document {
        .object([
            .init("what", .string(subject)), .init("from", .optional(from) { .string($0) }),
            .init("to", .optional(to) { .string($0) }),
        ])
    }
}

extension MovedFigure {
    fileprivate var document: Document {
        .object([
            .init("account", .optional(account) { .string($0) }), .init("figure", .string(name)),
            .init("state", .string(state.rawValue)),
            .init("from", from ?? .null), .init("to", to ?? .null), .init("change", change ?? .null),
            .init("why", .array(reasons.map { .string($0.rawValue) })),
        ])
    }
}
