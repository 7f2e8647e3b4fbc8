internal import CountersignCore

extension Document {
    /// With a `period` in every KPI that counts by `weeks`: where the window is one week, its row among them.
    ///
    /// The KPI document has a `period` for several weeks alone; a report names it for any number of them.
    var withPeriods: Document {
        mapping("accounts") { accounts in
            .array(accounts.items.map { $0.mappingMembers(\.withPeriod) })
        }
    }

    private var withPeriod: Document {
        guard case .object(let members) = self, self["period"] == nil, let week = self["weeks"]?.items.last else {
            return self
        }
        return .object(members + [Member("period", week)])
    }

    private func mapping(_ key: String, _ transform: (Document) -> Document) -> Document {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.key == key ? Member(key, transform($0.value)) : $0 })
    }

    private func mappingMembers(_ transform: (Document) -> Document) -> Document {
        guard case .object(let members) = self else { return self }
        return .object(members.map { Member($0.key, transform($0.value)) })
    }
}
