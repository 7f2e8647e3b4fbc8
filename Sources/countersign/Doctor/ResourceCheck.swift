internal import CountersignCore
internal import CountersignRender
internal import CountersignReport
internal import CountersignStore

/// Whether the queries and reports that a run will use are there and can be read.
enum ResourceCheck {
    /// - Parameter inspector: of the store that compiles the queries; `nil` where there is none yet.
    static func lines(
        _ resources: Result<Resources, any Error>, reports: [String], inspector: (any StoreInspector)?
    ) -> [CheckLine] {
        do {
            let resources = try resources.get()
            let queries =
                try resources.queryFiles() + resources.reportQueryFiles()
                + resources.controlFiles().flatMap { [$0.counts, $0.failures] }
            _ = try resources.storeQueries()
            let vocabulary = ReportVocabulary(
                try resources.definitions(), queries: try resources.reportQueryFiles())
            for name in reports {
                _ = try ReportFiles(pageTemplate: try resources.report(name, vocabulary: vocabulary).page)
            }
            if let refused = try inspector?.refusal(of: queries) { throw refused }
            let names = reports.isEmpty ? "no report" : reports.joined(separator: ", ")
            return [.ok("resources", "queries and reports (\(names)) are found and can be read")]
        } catch {
            return [.fail("resources", Failure(error))]
        }
    }
}
