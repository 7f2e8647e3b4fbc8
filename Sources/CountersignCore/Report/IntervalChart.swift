/// Rates with their 95 % intervals, one a row, such as the pass rate of each control.
public struct IntervalChart: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        public let category: String
        /// An index into `groups`; `nil` in a chart without groups.
        public let group: Int?
        /// 0…1; `nil` where nothing was counted.
        public let rate: Double?
        public let lower: Double?
        public let upper: Double?
        /// How many cases the rate was counted from.
        public let count: Int?

        public init(category: String, group: Int?, rate: Double?, lower: Double?, upper: Double?, count: Int?) {
            self.category = category
            self.group = group
            self.rate = rate
            self.lower = lower
            self.upper = upper
            self.count = count
        }
    }

    public let categoryTitle: String
    public let valueTitle: String
    public let groupTitle: String?
    public let groups: [String]
    /// Fewer cases than this are too few to say.
    public let few: Int?
    /// Those of one category stand together.
    public let rows: [Row]

    public init(
        categoryTitle: String, valueTitle: String, groupTitle: String?, groups: [String], few: Int?, rows: [Row]
    ) {
        self.categoryTitle = categoryTitle
        self.valueTitle = valueTitle
        self.groupTitle = groupTitle
        self.groups = groups
        self.few = few
        self.rows = rows
    }

    /// Whether nothing was counted: then there is no rate, not a rate of 0.
    public func isWithoutCases(_ row: Row) -> Bool { row.rate == nil || row.count == 0 }

    public func isTooFew(_ row: Row) -> Bool {
        guard let few, let count = row.count, !isWithoutCases(row) else { return false }
        return count < few
    }
}
