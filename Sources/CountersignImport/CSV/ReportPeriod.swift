/// The period that a report names in a line of its own: `Reporting period 2026-05-01 to 2026-05-31`, in any language.
struct ReportPeriod: Hashable {
    /// `2026-05-01`.
    let from: String
    let to: String

    /// - Returns: `nil` for a text without exactly two dates.
    init?(_ text: String) {
        let dates = text.split { !($0.isASCII && $0.isNumber) && $0 != "-" }.map(String.init).filter(isDate)
        guard dates.count == 2, text.utf8.count <= 200 else { return nil }
        (from, to) = (dates[0], dates[1])
    }
}

/// Whether a text is a day: `2026-05-01`.
func isDate(_ text: some StringProtocol) -> Bool {
    let utf8 = Array(text.utf8)
    return utf8.count == 10
        && utf8.enumerated().allSatisfy { $0 == 4 || $0 == 7 ? $1 == UInt8(ascii: "-") : (48...57).contains($1) }
}
