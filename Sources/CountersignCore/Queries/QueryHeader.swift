/// The comment that a query file begins with: `-- key: value`, every key once, in order, nothing else.
struct QueryHeader {
    /// By the position of their key.
    let values: [String]
    /// What follows the header.
    let sql: String
    private let path: String
    private let keys: [String]

    /// - Parameter path: for errors.
    init(_ text: String, keys: [String], path: String) throws(QueryFileError) {
        self.path = path
        self.keys = keys
        func problem(_ line: Int, _ message: String) -> QueryFileError {
            QueryFileError(path: path, line: line, message, keys: keys)
        }
        var values: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, key) in keys.enumerated() {
            let line = index < lines.count ? lines[index] : ""
            let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
            let value = parts.count == 2 ? parts[1].drop(while: \.isWhitespace) : ""
            guard line.hasPrefix("--"), parts.first?.filter({ !$0.isWhitespace }) == key, !value.isEmpty else {
                throw problem(index + 1, "the header line “\(key)” is expected here")
            }
            values.append(String(value))
        }
        let body = lines.dropFirst(keys.count)
        guard body.first?.hasPrefix("--") != true else {
            throw problem(keys.count + 1, "the header has no further line")
        }
        self.values = values
        sql = body.joined(separator: "\n")
    }

    /// What is wrong with the value of a key.
    ///
    /// - Parameter use: what may stand there; `nil` for the keys of a header.
    func problem(_ key: Int, _ message: String, use: [String]? = nil) -> QueryFileError {
        QueryFileError(path: path, line: key + 1, message, keys: use ?? keys)
    }

    /// `as_of int, label text` → names and types; `none…` → none.
    static func list(_ value: String) -> [(name: String, type: String)] {
        guard !value.hasPrefix("none") else { return [] }
        return value.split(separator: ",").compactMap { item in
            let words = item.split(separator: " ")
            return words.first.map { (String($0), words.dropFirst().joined(separator: " ")) }
        }
    }

    /// The same by name.
    static func types(_ value: String) -> [String: String] {
        Dictionary(list(value).map { ($0.name, $0.type) }) { first, _ in first }
    }
}
