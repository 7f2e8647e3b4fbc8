internal import CountersignCore
internal import CountersignReport
internal import Foundation

/// A statement that `query` is to run: a file of `queries/` by its name, or a file of one's own.
struct QueryText {
    let path: String
    let sql: String
    /// Names that the header declares; `nil` where there is none to be held to.
    let parameters: [String]?
    let columns: [String]?
    let parameterTypes: [String: String]
    let columnTypes: [String: String]

    /// - Parameter word: a path where it holds a `/` or ends in `.sql`, else a name.
    /// - Throws: `Failure` 66 for what is not there, `QueryFileError` for a broken header.
    init(_ word: String, resources: Resources) throws {
        if word.contains("/") || word.hasSuffix(".sql") {
            try self.init(path: word)
            return
        }
        let known = resources.namedQueries
        guard let found = known.first(where: { $0.name == word }) else {
            let names = known.map(\.name)
            throw Failure(
                .inputMissing,
                "\(word): error: there is no query of this name [query-missing]\n  fix: "
                    + (nearestName(to: word, in: names).map { "did you mean “\($0)”?" }
                        ?? "use \(names.joined(separator: ", ")), or name a file with its .sql"))
        }
        try self.init(path: found.path)
    }

    private init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .inputMissing,
                "\(path): error: there is no such file, or it may not be read [query-missing]\n"
                    + "  fix: check the path, or give the name of a query without .sql")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure(.config, "\(path): error: the text is no UTF-8 [query-refused]\n  fix: save it as UTF-8")
        }
        self.path = path
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        guard text.hasPrefix("-- kpi:") || path.hasSuffix("/queries/kpis/\(name).sql") else {
            sql = text
            parameters = nil
            columns = nil
            parameterTypes = Self.types("params", in: text)
            columnTypes = Self.types("columns", in: text)
            return
        }
        let file = try QueryFile(name: name, text: text, path: path)
        sql = file.sql
        parameters = file.parameters
        columns = file.columns
        parameterTypes = file.parameterTypes
        columnTypes = file.columnTypes
    }

    /// What another kind of header says of types: `-- columns: at instant, label text`.
    private static func types(_ key: String, in text: String) -> [String: String] {
        let comment = text.split(separator: "\n").prefix { $0.hasPrefix("--") }
        guard let line = comment.first(where: { $0.dropFirst(2).drop(while: \.isWhitespace).hasPrefix(key + ":") })
        else { return [:] }
        let items = line.drop { $0 != ":" }.dropFirst().split(separator: ",").map { $0.split(separator: " ") }
        return Dictionary(items.compactMap { $0.count == 2 ? (String($0[0]), String($0[1])) : nil }) { first, _ in first
        }
    }
}
