/// An ordered JSON value: what `kpis.json` and `manifest.json` are made of.
///
/// Numbers with a fraction are kept as scaled integers, so that writing them never rounds twice.
public indirect enum Document: Hashable, Sendable {
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

    /// The member at a dotted path: `breach_trend.open_now.over_2h`; `nil` where there is none.
    public subscript(path: String) -> Document? {
        var here = self
        for key in path.split(separator: ".") {
            guard case .object(let members) = here,
                let member = members.first(where: { $0.key == key })
            else { return nil }
            here = member.value
        }
        return here
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
