internal import CountersignCore
internal import CountersignStore

/// A column of a result and how its values are written.
struct QueryColumn {
    let name: String
    let isInstant: Bool

    init(name: String, type: String?) {
        self.name = name
        isInstant = Self.isInstant(name: name, type: type)
    }

    /// Whether a whole number there is microseconds since 1970 UTC: by its type, else by its name.
    static func isInstant(name: String, type: String?) -> Bool {
        type == "instant" || ((type == nil || type == "int") && (name.hasSuffix("_at") || name == "as_of"))
    }

    /// A value as text; `nil` for a null. Times in ISO 8601 UTC, blobs in hexadecimal digits.
    func text(_ value: ResultValue) -> String? {
        switch value {
        case .null: nil
        case .int(let number): isInstant ? Instant(microseconds: number).exact : String(number)
        case .real(let number): String(number)
        case .text(let text): text
        case .blob(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}

extension Instant {
    /// As `iso8601`, but with six digits where three would cut something.
    fileprivate var exact: String {
        let rest = microseconds - milliseconds * 1000
        guard rest != 0 else { return iso8601 }
        return iso8601.dropLast() + String(repeating: "0", count: 3 - String(rest).count) + "\(rest)Z"
    }
}
