internal import Yams

/// A YAML file read strictly: what is not known is an error with its line and the nearest name that is.
public struct StrictYAML: Sendable {
    /// Where in which file, for errors.
    public struct Place: Hashable, Sendable {
        public let file: String
        public let line: Int
        /// `sla.breach_minutes`
        public let key: String
    }

    private let node: YAMLValue
    public let place: Place

    /// - Throws: `YAMLError` for what is no YAML.
    public init(text: String, file: String) throws(YAMLError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            let key = keys.first ?? ""
            throw YAMLError(
                place: Place(file: file, line: context.mark.line, key: key), "“\(key)” stands here twice",
                fix: "keep one of them")
        } catch let error as YamlError {
            throw YAMLError(place: Place(file: file, line: error.line, key: ""), "this is not YAML", fix: error.reason)
        } catch {
            throw YAMLError(place: Place(file: file, line: 1, key: ""), "this is not YAML", fix: "correct the file")
        }
        self.init(node: root.map(YAMLValue.init) ?? .mapping([], line: 1), file: file, key: "")
    }

    private init(node: YAMLValue, file: String, key: String) {
        self.node = node
        place = Place(file: file, line: node.line, key: key)
    }

    public var isNull: Bool {
        guard case .scalar(let text, _, let isPlain) = node else { return false }
        return isPlain && ["", "~", "null", "Null", "NULL"].contains(text)
    }

    // MARK: Mappings

    /// Whether this is a mapping with the key, by which one kind of item is told from another.
    public func hasMember(_ key: String) -> Bool {
        guard case .mapping(let members, _) = node else { return false }
        return members.contains { $0.key == key }
    }

    /// Reads a mapping; every key must be among `known`.
    public func mapping(known: [String]) throws(YAMLError) -> Mapping {
        guard case .mapping(let members, _) = node else {
            if isNull { return Mapping(members: [:], order: [], place: place) }
            throw error("a list of “key: value” is expected here", fix: "use \(known.joined(separator: ", "))")
        }
        var values: [String: StrictYAML] = [:]
        for (key, keyLine, value) in members {
            let path = place.key.isEmpty ? key : "\(place.key).\(key)"
            guard known.contains(key) || known.isEmpty else {
                let nearest = nearestName(to: key, in: known)
                throw YAMLError(
                    place: Place(file: place.file, line: keyLine, key: path), "“\(key)” is not known here",
                    fix: nearest.map { "did you mean “\($0)”?" } ?? "use \(known.joined(separator: ", "))")
            }
            values[key] = StrictYAML(node: value, file: place.file, key: path)
        }
        return Mapping(members: values, order: members.map(\.key), place: place)
    }

    public struct Mapping: Sendable {
        fileprivate let members: [String: StrictYAML]
        /// Keys as they stand in the file.
        public let order: [String]
        public let place: Place

        /// `nil` where the key is missing; a null is a value.
        public subscript(key: String) -> StrictYAML? { members[key] }

        public func required(_ key: String) throws(YAMLError) -> StrictYAML {
            guard let value = members[key] else {
                throw YAMLError(place: place, "“\(key)” is missing", fix: "add “\(key): …”")
            }
            return value
        }
    }

    /// Whether this is a mapping with anything in it.
    var hasAnyMember: Bool {
        guard case .mapping(let members, _) = node else { return false }
        return !members.isEmpty
    }

    // MARK: Lists and scalars

    public var isMapping: Bool {
        guard case .mapping = node else { return false }
        return true
    }

    public var isList: Bool {
        guard case .sequence = node else { return false }
        return true
    }

    public func list() throws(YAMLError) -> [StrictYAML] {
        if isNull { return [] }
        guard case .sequence(let items, _) = node else {
            throw error("a list is expected here", fix: "write it as [a, b]")
        }
        return items.enumerated().map { StrictYAML(node: $1, file: place.file, key: "\(place.key)[\($0)]") }
    }

    public func text() throws(YAMLError) -> String {
        guard case .scalar(let text, _, _) = node, !isNull else {
            throw error("a text is expected here", fix: "write one value")
        }
        return text
    }

    public func optionalText() throws(YAMLError) -> String? { isNull ? nil : try text() }

    public func texts() throws(YAMLError) -> [String] {
        var texts: [String] = []
        for item in try list() { texts.append(try item.text()) }
        return texts
    }

    public func int(in range: ClosedRange<Int>) throws(YAMLError) -> Int {
        guard let value = Int(try text()), range.contains(value) else {
            throw error(
                "“\(try text())” is not a whole number from \(range.lowerBound) to \(range.upperBound)",
                fix: "write such a number")
        }
        return value
    }

    public func number(in range: ClosedRange<Double>) throws(YAMLError) -> Double {
        guard let value = Double(try text()), range.contains(value) else {
            throw error(
                "“\(try text())” is not a number from \(range.lowerBound) to \(range.upperBound)",
                fix: "write such a number")
        }
        return value
    }

    public func bool() throws(YAMLError) -> Bool {
        switch try text().lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default: throw error("“\(try text())” is neither true nor false", fix: "write true or false")
        }
    }

    public func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type
    ) throws(YAMLError) -> Word where Word.RawValue == String {
        let text = try text()
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue)
            throw error(
                "“\(text)” is not known here",
                fix: nearestName(to: text, in: words).map { "did you mean “\($0)”?" }
                    ?? "use \(words.joined(separator: ", "))")
        }
        return word
    }

    public func error(_ message: String, fix: String) -> YAMLError { YAMLError(place: place, message, fix: fix) }

    /// A value given outside of a file, such as by the environment, to be read by the same rules.
    public init(scalar text: String, from origin: String) {
        self.init(node: .scalar(text, line: 0, isPlain: true), file: origin, key: "")
    }
}

/// A YAML file that cannot be used: file, line, key, what is wrong and what to do.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    public let place: StrictYAML.Place
    public let message: String
    public let fix: String

    init(place: StrictYAML.Place, _ message: String, fix: String) {
        self.place = place
        self.message = message
        self.fix = fix
    }

    public var description: String {
        var position = place.file
        if place.line > 0 { position += ":\(place.line)" }
        if !place.key.isEmpty { position += ":\(place.key)" }
        return "\(position): error: \(message) [config]\n  fix: \(fix)"
    }
}

/// Yams's nodes as plain values.
private indirect enum YAMLValue: Sendable {
    case scalar(String, line: Int, isPlain: Bool)
    case sequence([YAMLValue], line: Int)
    case mapping([(key: String, line: Int, value: YAMLValue)], line: Int)

    init(_ node: Node) {
        let line = node.mark?.line ?? 0
        switch node {
        case .scalar(let scalar):
            self = .scalar(scalar.string, line: line, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let items):
            self = .sequence(items.map(YAMLValue.init), line: line)
        case .mapping(let mapping):
            let members = mapping.map { key, value in
                (key: key.string ?? "", line: key.mark?.line ?? line, value: YAMLValue(value))
            }
            self = .mapping(members, line: line)
        case .alias:
            self = .scalar("", line: line, isPlain: true)
        }
    }

    var line: Int {
        switch self {
        case .scalar(_, let line, _), .sequence(_, let line), .mapping(_, let line): line
        }
    }
}

extension YamlError {
    fileprivate var line: Int {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: 1
        }
    }

    fileprivate var reason: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        default: "correct the file"
        }
    }
}

/// The name that takes the fewest changes of letters, if those are at most a third of it.
public func nearestName(to name: String, in names: [String]) -> String? {
    func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (index, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in b.indices {
                let substituted = diagonal + (b[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, row[column + 1] + 1, row[column] + 1)
            }
        }
        return row[b.count]
    }
    let ranked = names.map { ($0, distance(Array(name), Array($0))) }.min { $0.1 < $1.1 }
    guard let ranked, ranked.1 <= max(2, ranked.0.count / 3) else { return nil }
    return ranked.0
}
