/// The rows or columns of a heat map: which values of a key stand there, in which order, and how each is called.
///
/// Without a list they are the values in the order in which they come first.
struct CategoryAxis: Sendable {
    /// Lists that everyone knows.
    enum Scale: String, CaseIterable {
        /// ISO weekdays, 1…7.
        case weekday
        /// Hours of the day, 0…23.
        case hour

        fileprivate var values: [String] {
            switch self {
            case .weekday: (1...7).map(String.init)
            case .hour: (0..<24).map(String.init)
            }
        }

        fileprivate var labels: [String] {
            switch self {
            case .weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            case .hour: (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" }
            }
        }
    }

    let key: String
    let title: String
    /// Those that always have their place, also where no row has them.
    let values: [String]
    private let labels: [String: String]

    init(_ node: StrictYAML) throws(YAMLError) {
        let members = try node.mapping(known: ["key", "title", "scale", "values", "labels"])
        key = try members.required("key").text()
        title = try members.required("title").text()
        let scale = try members["scale"]?.word(Scale.self)
        if let list = members["values"] {
            guard scale == nil else {
                throw list.error("“scale” lists the values already", fix: "leave “scale” or “values” out")
            }
            values = try list.texts()
            guard Set(values).count == values.count else {
                throw list.error("a value stands here twice", fix: "keep one of them")
            }
        } else {
            values = scale?.values ?? []
        }
        var names = scale?.labels ?? values
        if let list = members["labels"] {
            names = try list.texts()
            guard names.count == values.count else {
                throw list.error(
                    "\(names.count) labels stand here for \(values.count) values",
                    fix: "give each of “values” its label, in the same order")
            }
        }
        labels = Dictionary(zip(values, names), uniquingKeysWith: { first, _ in first })
    }

    func label(_ value: String) -> String { labels[value] ?? value }

    /// The listed values, then those that no list has: nothing that was counted is left out.
    func places(of found: [String]) -> [String] {
        var places = values
        var known = Set(values)
        for value in found where known.insert(value).inserted { places.append(value) }
        return places
    }
}
