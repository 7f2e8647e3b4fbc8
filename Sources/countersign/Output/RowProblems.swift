internal import CountersignCore

/// Names the rejected rows of one source on standard error: the first of each kind of problem, of the rest the number.
struct RowProblems {
    private static let shown = 20

    let console: Console
    private var counts: [Problem.Code: Int] = [:]

    init(console: Console) { self.console = console }

    mutating func report(_ rows: [RejectedRow]) {
        for row in rows { report(row.problem) }
    }

    mutating func report(_ problem: Problem) {
        let count = counts[problem.code, default: 0] + 1
        counts[problem.code] = count
        if count <= Self.shown { console.report(problem.description) }
    }

    func reportRest(of file: String) {
        for (code, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where count > Self.shown {
            let more = count - Self.shown
            let problem = Problem(
                code, at: SourcePlace(file: file, line: 0),
                "\(more) more \(more == 1 ? "row was" : "rows were") rejected",
                fix: "see the ones above; all of them are in quarantine, which countersign store dump writes out")
            console.report(problem.description)
        }
    }
}
