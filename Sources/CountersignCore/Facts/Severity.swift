extension Escalation {
    /// How severe an escalation is, and how soon the staff is to act (handle-escalation, Severity Matrix).
    public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
        case low, medium, high, critical

        /// Hours to the first act of the staff.
        public var responseHours: Int {
            switch self {
            case .critical: 1
            case .high: 4
            case .medium: 24
            case .low: 72
            }
        }

        /// `severity:high`, letter case aside.
        init?(label: String) {
            let parts = label.lowercased().split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0] == "severity" else { return nil }
            self.init(rawValue: parts[1].filter { !$0.isWhitespace })
        }

        /// Chatwoot's priority.
        init?(priority: String) {
            switch priority.lowercased() {
            case "urgent": self = .critical
            case "high": self = .high
            case "medium": self = .medium
            case "low": self = .low
            default: return nil
            }
        }

        private var rank: Int {
            switch self {
            case .low: 0
            case .medium: 1
            case .high: 2
            case .critical: 3
            }
        }

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    }
}
