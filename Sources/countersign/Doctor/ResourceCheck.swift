internal import CountersignCore
internal import CountersignRender
internal import CountersignReport

/// Whether the queries and reports that a run will use are there and can be read.
enum ResourceCheck {
    static func lines(_ resources: Result<Resources, any Error>, reports: [String]) -> [CheckLine] {
        do {
            let resources = try resources.get()
            _ = try resources.queries()
            _ = try resources.storeQueries()
            for name in reports {
                let (source, page) = try resources.report(name)
                _ = try ReportDeclaration(source)
                _ = try ReportFiles(pageTemplate: page)
            }
            let names = reports.isEmpty ? "no report" : reports.joined(separator: ", ")
            return [.ok("resources", "queries and reports (\(names)) are found and can be read")]
        } catch {
            return [.fail("resources", Failure(error))]
        }
    }
}
