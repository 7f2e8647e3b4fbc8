public import CountersignCore

/// The statements of `queries/reports/`, whose rows a report shows as they are.
public struct ReportQueries {
    private let files: [String: QueryFile]
    private let runner: any QueryRunner
    private let parameters: [String: QueryValue]
    /// The accounts' names.
    let accounts: [Int64: String]

    /// - Parameter runner: must last as long as the report is written.
    public init(
        _ files: [QueryFile], runner: any QueryRunner, kpis: KPIDocument
    ) throws {
        self.files = Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
        self.runner = runner
        let accounts = try kpis.accounts(runner)
        parameters = ReportParameters.values(kpis, accounts: accounts.map(\.id))
        self.accounts = Dictionary(accounts.map { ($0.id, $0.name) }) { first, _ in first }
    }

    var onlyAccount: String? { accounts.count == 1 ? accounts.first?.value : nil }

    func query(_ name: String) throws(ReportError) -> QueryFile {
        guard let file = files[name] else { throw .missingQuery("reports/\(name)") }
        return file
    }

    func count(_ query: QueryFile) throws -> Int {
        var count = 0
        try runner.forEach(query, parameters) { _ in count += 1 }
        return count
    }

    func forEach(_ query: QueryFile, in range: Range<Int>, _ body: (QueryRow) throws -> Void) throws {
        struct Enough: Error {}
        var index = 0
        do {
            try runner.forEach(query, parameters) { row in
                defer { index += 1 }
                guard index < range.upperBound else { throw Enough() }
                if index >= range.lowerBound { try body(row) }
            }
        } catch is Enough {}
    }
}

extension QueryRow {
    /// A value as a document has it.
    func document(_ column: String) -> Document {
        switch self[column] {
        case .null, .blob: .null
        case .int(let number): .int(Int(number))
        case .text(let text): .string(text)
        }
    }
}
