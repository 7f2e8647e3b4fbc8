/// An ordered JSON value: what `kpis.json` and `manifest.json` are made of.
///
/// Numbers with a fraction are kept as scaled integers, so that writing them never rounds twice.
public enum Document: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    /// `value` / 10^`digits`: `decimal(7273, digits: 4)` is 0.7273.
    case decimal(Int, digits: Int)
    case string(String)
    case array([Document])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public let key: String
        public let value: Document

        public init(_ key: String, _ value: Document) {
            self.key = key
            self.value = value
        }
    }

    public static func optional<T>(_ value: T?, _ make: (T) -> Document) -> Document {
        value.map(make) ?? .null
    }

    public static func instant(_ instant: Instant?) -> Document { .optional(instant) { .string($0.iso8601) } }

    /// What stands at a dotted path; a number picks from a list, a negative one from its end:
    /// `breach_trend.weeks.-1.created`.
    ///
    /// - Returns: `nil` where there is nothing.
    public subscript(path: String) -> Document? {
        var here = self
        for key in path.split(separator: ".") {
            switch here {
            case .object(let members):
                guard let member = members.first(where: { $0.key == key }) else { return nil }
                here = member.value
            case .array(let items):
                guard let index = Int(key) else { return nil }
                let position = index < 0 ? items.count + index : index
                guard items.indices.contains(position) else { return nil }
                here = items[position]
            default:
                return nil
            }
        }
        return here
    }

    public var items: [Document] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    public var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .decimal(let value, let digits): Double(value) / Document.power(digits)
        default: nil
        }
    }

    static func power(_ digits: Int) -> Double { (0..<digits).reduce(1) { value, _ in value * 10 } }
}

extension Document {
    /// An id as its source writes it: a number where it is one.
    public static func id(_ text: String) -> Document {
        guard let number = Int(text), String(number) == text else { return .string(text) }
        return .int(number)
    }
}
