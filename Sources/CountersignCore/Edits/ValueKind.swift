/// What stands in a pattern for a value that differs from reply to reply (kpis.md §4 `patterns`).
enum ValueKind: String, Hashable, Sendable, CaseIterable {
    case name, order, time, date, amount, link, email, number
    /// A street with its number: no word of the page, which says nothing of streets; patterns must not carry them.
    case address

    var placeholder: String { "{{\(rawValue)}}" }
    static let placeholders = Set(allCases.map(\.placeholder))
}

/// The words by which values are known. English; letter case aside.
enum ValueWords {
    static let months: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ]

    /// In full: “sat”, “sun” and “wed” are words.
    static let weekdays: Set<String> = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// Whether a value may begin with a word of letters alone.
    static func begins(_ word: String) -> Bool {
        months.contains(word) || weekdays.contains(word) || currencyCodes.contains(word)
    }

    static let currencyCodes: Set<String> = [
        "usd", "cad", "aud", "nzd", "eur", "gbp", "chf", "jpy", "inr", "sek", "nok", "dkk", "pln", "mxn", "brl",
    ]

    static let currencies = currencyCodes.union([
        "dollar", "dollars", "euro", "euros", "pound", "pounds", "bucks", "cents",
    ])

    static let topLevelDomains: Set<String> = [
        "com", "net", "org", "io", "co", "ca", "us", "uk", "de", "fr", "eu", "info", "app", "dev", "shop", "store",
        "example",
    ]

    static let streets: Set<String> = [
        "street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "court", "ct",
        "terrace", "crescent", "highway", "hwy", "square", "parkway",
    ]
}
