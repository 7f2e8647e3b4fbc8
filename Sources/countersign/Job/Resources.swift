internal import CountersignCore
internal import CountersignReport
internal import Foundation

/// Finds `queries/` and `reports/`: in `$COUNTERSIGN_HOME`, else in `../share/countersign` beside the binary, else in
/// the package that it was built from. A team's own files, in the folder of the config file, come first by name.
struct Resources {
    private let homes: [String]

    init(environment: [String: String], configFolder: String) throws {
        let binary = URL(fileURLWithPath: CommandLine.arguments.first ?? "").path
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? binary
        let folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
        var candidates = [folder.path + "/../share/countersign"]
        var parent = folder
        // .build/<triple>/<configuration>/countersign
        for _ in 0..<4 {
            parent = parent.deletingLastPathComponent()
            candidates.append(parent.path)
        }
        // A home that is named counts alone: falling back on another would hide the slip.
        if let named = environment["COUNTERSIGN_HOME"], !named.isEmpty { candidates = [named] }
        let home = candidates.first { FileManager.default.fileExists(atPath: $0 + "/queries/schema") }
        guard let home else {
            throw Failure(
                .config,
                "COUNTERSIGN_HOME: error: queries/ and reports/ are not found [config]\n"
                    + "  fix: set COUNTERSIGN_HOME to the folder that holds them")
        }
        homes = [configFolder, home]
    }

    /// Files of a folder by name; of two with one name, the team's.
    private func files(in folder: String, suffix: String, from homes: [String]) -> [(name: String, path: String)] {
        var found: [String: String] = [:]
        for home in homes.reversed() {
            let path = "\(home)/\(folder)"
            for file in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where file.hasSuffix(suffix)
            {
                found[String(file.dropLast(suffix.count))] = "\(path)/\(file)"
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func text(of path: String) throws -> String {
        do {
            return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        } catch {
            throw Failure(.config, "\(path): error: the file cannot be read [config]\n  fix: check its rights")
        }
    }

    /// The schema is the product's own; a team has no say in it.
    func migrations(schema: String) throws -> [(name: String, sql: String)] {
        try files(in: "queries/schema/\(schema)", suffix: ".sql", from: homes.suffix(1)).map {
            ($0.name, try text(of: $0.path))
        }
    }

    /// With the rows behind the figures, which only `explain` asks for.
    func queriesWithRows() throws -> QueryLibrary {
        QueryLibrary(try queryFiles(), controls: try controlFiles(), rows: try rowFiles())
    }

    func rowFiles() throws -> [QueryFile] {
        try files(in: "queries/rows", suffix: ".sql", from: homes).map { name, path in
            try QueryFile(name: name, text: try text(of: path), path: path)
        }
    }

    /// What every figure means: `queries/definitions`.
    func definitions() throws -> DefinitionLibrary {
        DefinitionLibrary(
            try files(in: "queries/definitions", suffix: ".yaml", from: homes).map { name, path in
                let text = try text(of: path)
                return try KPIDefinition(
                    StrictYAML(text: text, file: path), name: name, sha256: Digest256.hexadecimal(of: text.utf8))
            })
    }

    func controlFiles() throws -> [ControlFile] {
        try files(in: "queries/controls", suffix: ".sql", from: homes).map { name, path in
            try ControlFile(name: name, text: try text(of: path), path: path)
        }
    }

    /// What reports count with, by name.
    func queryFiles() throws -> [QueryFile] {
        try files(in: "queries/kpis", suffix: ".sql", from: homes).map { name, path in
            try QueryFile(name: name, text: try text(of: path), path: path)
        }
    }

    /// What the tables of reports may name.
    func reportQueryFiles() throws -> [QueryFile] {
        try files(in: "queries/reports", suffix: ".sql", from: homes).map { name, path in
            try QueryFile(name: name, text: try text(of: path), path: path)
        }
    }

    /// The files that `query` runs by name, by folder: those of reports first. The schema is none, and what `store` asks is its own.
    var namedQueries: [(name: String, path: String)] {
        let found = Set(
            homes.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0 + "/queries")) ?? [] })
        let others = found.subtracting(["kpis", "controls", "schema", "store"]).sorted()
        return (["kpis", "controls"] + others).flatMap { files(in: "queries/\($0)", suffix: ".sql", from: homes) }
    }

    /// The files that say how figures are counted and what they mean, by their path in an evidence pack.
    ///
    /// - Parameter reports: by name.
    func countingFiles(reports: [String]) throws -> [(name: String, text: String)] {
        let queries = try ["kpis", "controls", "reports"].flatMap { folder in
            try files(in: "queries/\(folder)", suffix: ".sql", from: homes).map { name, path in
                ("queries/\(folder)/\(name).sql", try text(of: path))
            }
        }
        let definitions = try files(in: "queries/definitions", suffix: ".yaml", from: homes).map { name, path in
            ("definitions/\(name).yaml", try text(of: path))
        }
        let declarations = try reports.compactMap { name in
            let paths = homes.map { "\($0)/reports/\(name)/report.yaml" }
            return try paths.first(where: FileManager.default.fileExists).map {
                ("definitions/reports/\(name).yaml", try text(of: $0))
            }
        }
        return queries + definitions + declarations
    }

    /// What `store dump` and `store check` ask; the product's own, as the schema is.
    func storeQueries() throws -> [StoreQuery] {
        try files(in: "queries/store", suffix: ".sql", from: homes.suffix(1)).map { name, path in
            try StoreQuery(name: name, text: try text(of: path), path: path)
        }
    }

    /// A report's declaration, and the text of its page.
    ///
    /// - Parameter vocabulary: what it may name; `nil` leaves that unchecked.
    /// - Throws: `YAMLError` for what is not known in it, or is nowhere in the KPI document or the queries.
    func report(
        _ name: String, vocabulary: ReportVocabulary? = nil
    ) throws -> (declaration: ReportDeclaration, page: String) {
        let (source, page) = try reportSource(name)
        let declaration = try ReportDeclaration(source)
        try vocabulary?.check(source)
        return (declaration, page)
    }

    private func reportSource(_ name: String) throws -> (declaration: StrictYAML, page: String) {
        for home in homes {
            let path = "\(home)/reports/\(name)/report.yaml"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let own = "\(home)/reports/\(name)/page.mustache"
            let page = try text(of: FileManager.default.fileExists(atPath: own) ? own : sharedPage())
            return (try StrictYAML(text: try text(of: path), file: path), page)
        }
        let known = reportNames
        throw Failure(
            .config,
            "reports: error: there is no report “\(name)” [config]\n  fix: "
                + (nearestName(to: name, in: known).map { "did you mean “\($0)”?" }
                    ?? "use \(known.joined(separator: ", "))"))
    }

    /// The page of reports that have none of their own.
    private func sharedPage() throws -> String {
        let paths = homes.map { $0 + "/reports/page.mustache" }
        return paths.first { FileManager.default.fileExists(atPath: $0) } ?? paths[paths.count - 1]
    }

    var reportNames: [String] {
        let names = homes.flatMap { home in
            ((try? FileManager.default.contentsOfDirectory(atPath: home + "/reports")) ?? [])
                .filter { FileManager.default.fileExists(atPath: "\(home)/reports/\($0)/report.yaml") }
        }
        return Set(names).sorted()
    }
}
