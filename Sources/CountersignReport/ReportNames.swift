internal import CountersignCore

/// The names of a report's numbers. People who go by pseudonym do so in names too.
struct ReportNames {
    private let definitions: DefinitionLibrary
    private let document: Document
    private let pseudonyms: [String: String]
    private let hasCustomerNames: Bool

    init(_ definitions: DefinitionLibrary, document: Document, privacy: ReportPrivacy) {
        self.definitions = definitions
        self.document = document
        pseudonyms = privacy.hasOperatorEmails ? [:] : privacy.pseudonyms(for: privacy.people(in: document))
        hasCustomerNames = privacy.hasCustomerNames
    }

    private var entries: [Document] { document["accounts"]?.items ?? [] }

    private func found(_ path: String, account: String?) -> FigureName? {
        let entry = account.map { name in entries.first { $0["account"]?.string == name } ?? .null } ?? entries.first
        return definitions.resolve(path, document: document, entry: entry ?? .object([]))
    }

    /// The name of a value of the headlines, by its path.
    func value(_ path: String) -> FigureReference? {
        found(path, account: nil).map { FigureReference(name: $0.path + ($0.index.map { ".\($0)" } ?? "")) }
    }

    /// The names of a list's rows, in its order.
    ///
    /// - Parameter account: `nil` for lists that stand beside the accounts.
    func rows(of path: String, account: String?) -> [FigureReference] {
        guard let list = found(path, account: account) else { return [] }
        // The only account need not be named.
        let account = entries.count > 1 ? account : nil
        let children = list.children(definitions)
        return children.enumerated().map { index, child in
            FigureReference(name: name(list, child.part, child.name, fromEnd: index - children.count), account: account)
        }
    }

    /// The name of the first row of the headlines' list that is this one.
    func row(of path: String, _ row: Document) -> FigureReference? {
        guard let list = found(path, account: nil) else { return nil }
        let index = list.value.items.firstIndex(of: row)
        let names = rows(of: path, account: nil)
        return index.flatMap { names.indices.contains($0) ? names[$0] : nil }
    }

    private func name(_ list: FigureName, _ part: String, _ row: FigureName, fromEnd index: Int) -> String {
        if row.value["weak"]?.bool == true, !hasCustomerNames { return "\(list.path).\(index)" }
        guard let pseudonym = pseudonyms[part] else { return row.path }
        return "\(list.path).\(pseudonym)"
    }
}
