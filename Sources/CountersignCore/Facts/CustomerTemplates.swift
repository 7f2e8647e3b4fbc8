/// The reply templates as one customer would read them. What is made for one reply serves the customer's next one too.
public struct CustomerTemplates: Sendable {
    /// A template's rendering that comes closest to a text.
    struct Match: Sendable {
        let template: String
        let similarity: TextSimilarity
        let rendering: TemplateCatalogue.Rendering
    }

    let customer: String?
    private let catalogue: TemplateCatalogue
    private let names: [String]
    /// Renderings with the customer's own names, by the template's place in the catalogue.
    private var own: [[TemplateCatalogue.Rendering]?]
    private(set) lazy var words = CustomerWords(customer)

    /// - Parameter customer: the customer's name; `nil` where it is not known.
    public init(_ catalogue: TemplateCatalogue, customer: String?) {
        self.catalogue = catalogue
        self.customer = customer
        names = TemplateCatalogue.ownNames(of: customer)
        own = Array(repeating: nil, count: catalogue.entries.count)
    }

    /// How close a named template comes to a text; `nil` where the file has no such template.
    mutating func match(_ text: TokenisedText, template id: String) -> Match? {
        catalogue.entries.firstIndex { $0.id == id }.flatMap { closest(text, at: $0) }
    }

    /// The template most similar to a text, if its similarity is at least 0.5; of equals the first in the file.
    mutating func mostSimilar(to text: TokenisedText) -> Match? {
        var best: Match?
        for index in catalogue.entries.indices {
            guard let match = closest(text, at: index) else { continue }
            if best.map({ match.similarity.isCloser(than: $0.similarity) }) ?? true { best = match }
        }
        return best.flatMap { $0.similarity.isAtLeast(1, of: 2) ? $0 : nil }
    }

    /// The best of the renderings with `Customer`, `there`, the customer's full name and its first word.
    private mutating func closest(_ text: TokenisedText, at index: Int) -> Match? {
        let entry = catalogue.entries[index]
        var best: Match?
        func isEqual(_ rendering: TemplateCatalogue.Rendering) -> Bool {
            let similarity = TextSimilarity(rendering.text, text)
            if best.map({ similarity.isCloser(than: $0.similarity) }) ?? true {
                best = Match(template: entry.id, similarity: similarity, rendering: rendering)
            }
            return similarity.distance == 0
        }
        if entry.nameless.contains(where: isEqual) || !entry.hasName { return best }
        _ = ownRenderings(at: index, of: entry).contains(where: isEqual)
        return best
    }

    private mutating func ownRenderings(
        at index: Int, of entry: TemplateCatalogue.Entry
    ) -> [TemplateCatalogue.Rendering] {
        if let made = own[index] { return made }
        let made = names.map(entry.rendering)
        own[index] = made
        return made
    }
}
