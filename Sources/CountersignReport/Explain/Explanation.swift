public import CountersignCore

/// What a name of a report stands for: what it means, where its value comes from and, if asked for, the rows behind it.
public struct Explanation: Sendable {
    public struct Query: Hashable, Sendable {
        public let path: String
        public let version: Int
        public let title: String
        public let sql: String
    }

    /// One figure of a list or group.
    public struct Member: Sendable {
        public let name: String
        public let value: Document
        public let figure: FigureDefinition?
    }

    /// A figure made again, from its rows where it has any.
    public struct Made: Sendable {
        /// Those that count; `nil` for settings, keys of lists and what was asked for.
        public let rows: ListedRows?
        let conditions: [RowCondition]
        let parts: [[RowCondition]]
        let before: [RowCondition]
        let computation: Computation
        public let value: Document

        /// Which of the query's rows these are: `is_over_2h = 1`; empty for all.
        public var which: String { conditions.spelled }

        /// What is done with the rows, as `queries/definitions/` writes it.
        public var recipe: Document {
            .object(
                [.init("where", conditions.document)]
                    + (parts.isEmpty ? [] : [.init("part", .array(parts.map(\.document)))])
                    + (before.isEmpty ? [] : [.init("before", before.document)])
                    + [.init("compute", computation.document)])
        }
    }

    public let name: String
    public let account: String
    public let value: Document
    public let definition: KPIDefinition
    /// `nil` for a KPI, list or group.
    public let figure: FigureDefinition?
    /// Where nothing could be measured, why.
    public let notMeasurable: String?
    public let members: [Member]
    public let queries: [Query]
    /// `nil` where no rows were asked for, for what is no figure, and where the rows are gone.
    public let made: Made?
    /// The figure is of the KPI history, since its rows are gone, or will be: it cannot be made again.
    public var isOfHistory = false

    public var title: String { figure?.title ?? definition.title }

    /// Whether making it again gives the reported value.
    public var agrees: Bool? { made.map { $0.value == value } }
}
