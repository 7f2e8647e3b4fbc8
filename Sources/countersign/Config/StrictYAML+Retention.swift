internal import CountersignCore
internal import CountersignReport

extension StrictYAML {
    /// A retention period in days.
    func days() throws(YAMLError) -> Int { try int(in: 1...36_500) }

    /// `retention.sets`: days by data set.
    func retentionSets() throws(YAMLError) -> [DataSet: Int] {
        let members = try mapping(known: DataSet.allCases.map(\.rawValue))
        var sets: [DataSet: Int] = [:]
        for set in DataSet.allCases {
            if let value = members[set.rawValue] { sets[set] = try value.days() }
        }
        return sets
    }
}
