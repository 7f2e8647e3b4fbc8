public import CountersignCore

/// What a source turned out to hold.
public struct SourceSummary: Hashable, Sendable {
    /// Records and rejected rows together.
    public internal(set) var rowsRead = 0
    public internal(set) var rejected = 0
    /// Records of each kind; kinds without any are missing.
    public internal(set) var kinds: [SourceKind: Int] = [:]
    /// The earliest and the latest time that the records give for themselves; `nil` where none has any.
    public internal(set) var firstAt: Instant?
    public internal(set) var lastAt: Instant?
    /// Of the bytes as they stand in the file, lower-case hex.
    public internal(set) var sha256 = ""
    public internal(set) var bytes: Int64 = 0
    /// The source was cut off while it was written: where, and what to do. Its rows before are read.
    public internal(set) var truncation: Problem?
    /// Chatwoot's event lines that say nothing because no sentence that is known fits them.
    public internal(set) var linesNotUnderstood = 0
    /// At most `Warnings.kept` in full, then one for each code that says how many more there were.
    public internal(set) var warnings: [Problem] = []

    mutating func count(_ kind: SourceKind, at instant: Instant?) {
        rowsRead += 1
        kinds[kind, default: 0] += 1
        guard let instant else { return }
        firstAt = min(firstAt ?? instant, instant)
        lastAt = max(lastAt ?? instant, instant)
    }
}

/// The warnings of one source: some in full, the rest as numbers.
struct Warnings {
    static let kept = 20

    /// A warning that a file is given once, with the number of its rows that it holds for.
    struct Repeated {
        let code: Problem.Code
        let sentence: (Int) -> String
        let fix: String
    }

    private var problems: [Problem] = []
    private var more: [Problem.Code: Int] = [:]
    private var repeated: [Problem.Code: (warning: Repeated, rows: Int, first: SourcePlace)] = [:]

    mutating func add(_ problem: Problem) {
        if problems.count < Warnings.kept {
            problems.append(problem)
        } else {
            more[problem.code, default: 0] += 1
        }
    }

    /// Adds a row to those that a repeated warning holds for.
    mutating func count(_ warning: Repeated, at place: SourcePlace) {
        repeated[warning.code, default: (warning, 0, place)].rows += 1
    }

    func all(file: String) -> [Problem] {
        problems
            + repeated.values.sorted { $0.warning.code.rawValue < $1.warning.code.rawValue }.map { item in
                Problem(
                    item.warning.code, .warning, at: item.first, item.warning.sentence(item.rows),
                    fix: item.warning.fix)
            }
            + more.sorted { $0.key.rawValue < $1.key.rawValue }.map { code, count in
                Problem(
                    code, .warning, at: SourcePlace(file: file, line: 0),
                    "\(count) more \(count == 1 ? "warning" : "warnings") of this kind",
                    fix: "see the ones above")
            }
    }
}
