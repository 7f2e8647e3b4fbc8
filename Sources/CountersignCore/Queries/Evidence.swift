/// A sentence with places for values: what a finding says, made by the program and never of free text.
public struct Evidence: Hashable, Sendable {
    public enum Format: String, Hashable, Sendable, CaseIterable {
        case count
        /// Microseconds, as `2 h 5 min`.
        case duration
        /// Hundredths, as `512.00`.
        case amount
        /// A word of a known alphabet; anything else is `(free text)`.
        case word
    }

    struct Place: Hashable, Sendable {
        let text: String
        let column: String
        let format: Format?
    }

    private enum Part: Hashable, Sendable {
        case text(String)
        case place(Place)
    }

    private let parts: [Part]

    public init(_ sentence: String) {
        var parts: [Part] = []
        var rest = sentence[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(.text(String(rest[..<open])))
            let text = String(rest[rest.index(after: open)..<close])
            let pair = text.split(separator: "|", maxSplits: 1).map(String.init)
            parts.append(
                .place(
                    Place(
                        text: text, column: pair.first ?? "",
                        format: pair.count == 2 ? Format(rawValue: pair[1]) : nil)))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    var columns: [Place] {
        parts.compactMap { part in
            if case .place(let place) = part { place } else { nil }
        }
    }

    public func sentence(_ row: QueryRow) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .place(let place): Self.text(row[place.column], place.format ?? .count)
            }
        }.joined()
    }

    private static func text(_ value: QueryValue, _ format: Format) -> String {
        switch (value, format) {
        case (.int(let number), .count): String(number)
        case (.int(let number), .duration): duration(number)
        case (.int(let number), .amount): Document.decimalText(Int(number), digits: 2, isPadded: true)
        case (.text(let text), .word): Identifier.isOne(text) ? text : "(free text)"
        default: "–"
        }
    }

    /// The two largest units: `40 s`, `12 min`, `2 h 5 min`, `3 d 4 h`.
    static func duration(_ microseconds: Int64) -> String {
        let seconds = microseconds / 1_000_000
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<86_400:
            let rest = seconds % 3600 / 60
            return rest == 0 ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(rest) min"
        default:
            let rest = seconds % 86_400 / 3600
            return rest == 0 ? "\(seconds / 86_400) d" : "\(seconds / 86_400) d \(rest) h"
        }
    }
}

/// A name made by a program: what is none is free text, which no report repeats.
public enum Identifier {
    public static func isOne(_ name: String) -> Bool {
        (1...60).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "._:-/".utf8.contains($0)
            }
    }
}
