internal import CountersignCore

/// What is shown of the group that each reply without a template is in. Its own text is not listed.
struct CandidateRows {
    private let kpis: KPIDocument
    private let runner: any QueryRunner
    private let library: QueryLibrary

    init(_ kpis: KPIDocument, _ runner: any QueryRunner, library: QueryLibrary) throws {
        self.kpis = kpis
        self.runner = runner
        self.library = library
    }

    /// Adds `words`.
    ///
    /// - Parameter accounts: those that the rows are of.
    func complete(_ listed: ListedRows, accounts: Set<Int64>) throws -> ListedRows {
        // The same replies in the same order, with their texts.
        var shown = try CandidateMaterial(kpis, runner, queries: library).candidates(of: accounts).shown[...]
        return listed.adding(["words"]) { _ in [(shown.popFirst() ?? nil).map { .text($0) } ?? .null] }
    }
}
