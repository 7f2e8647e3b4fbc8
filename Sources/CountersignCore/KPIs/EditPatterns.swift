/// How operators change what was suggested (kpis.md §4 `edit_patterns`).
public struct EditPatterns: Sendable {
    /// Approved replies that are alike in everything that counts.
    public struct Row: Hashable, Sendable {
        public var `operator`: String
        public var template: String?
        public var editClass: ReplyFact.EditClass
        public var similarity: TextSimilarity?
        public var isSuggestionUsed: Bool
        public var count: Int
        public var grades: GradeSums

        public init(
            operator: String, template: String?, editClass: ReplyFact.EditClass, similarity: TextSimilarity?,
            isSuggestionUsed: Bool, count: Int, grades: GradeSums
        ) {
            self.operator = `operator`
            self.template = template
            self.editClass = editClass
            self.similarity = similarity
            self.isSuggestionUsed = isSuggestionUsed
            self.count = count
            self.grades = grades
        }
    }

    /// Sums and counts of the grades given; `graded` counts replies with at least one.
    public struct GradeSums: Hashable, Sendable {
        public var tone = Ratio(0, of: 0)
        public var accuracy = Ratio(0, of: 0)
        public var policy = Ratio(0, of: 0)
        public var graded = 0

        public init() {}

        fileprivate static func + (a: GradeSums, b: GradeSums) -> GradeSums {
            func sum(_ grade: KeyPath<GradeSums, Ratio>) -> Ratio {
                Ratio(
                    a[keyPath: grade].part + b[keyPath: grade].part,
                    of: a[keyPath: grade].whole + b[keyPath: grade].whole)
            }
            var sums = GradeSums()
            (sums.tone, sums.accuracy, sums.policy) = (sum(\.tone), sum(\.accuracy), sum(\.policy))
            sums.graded = a.graded + b.graded
            return sums
        }

        fileprivate var document: Document {
            .object([
                .init("tone", tone.document), .init("accuracy", accuracy.document), .init("policy", policy.document),
                .init("graded", .int(graded)),
            ])
        }
    }

    private struct Tally {
        var approvals = 0
        var classes: [ReplyFact.EditClass: Int] = [:]
        /// Sum of (longest − distance) by longest, so that the mean does not depend on the order of rows.
        var similar: [Int: Int] = [:]
        var bands: [Int: Int] = [:]
        var grades = GradeSums()

        mutating func add(_ row: Row) {
            approvals += row.count
            classes[row.editClass, default: 0] += row.count
            grades = grades + row.grades
            guard let similarity = row.similarity else { return }
            bands[similarity.band, default: 0] += row.count
            let (longest, distance) = similarity.longest == 0 ? (1, 0) : (similarity.longest, similarity.distance)
            similar[longest, default: 0] += (longest - distance) * row.count
        }

        func count(_ editClass: ReplyFact.EditClass) -> Int { classes[editClass] ?? 0 }
        var edited: Int { count(.light) + count(.heavy) + count(.rewrite) }
        var editRate: Ratio { Ratio(edited, of: edited + count(.verbatim)) }

        var meanSimilarity: Document {
            let whole = editRate.whole
            guard whole > 0 else { return .null }
            let sum = similar.sorted { $0.key < $1.key }.reduce(0.0) { $0 + Double($1.value) / Double($1.key) }
            return .rounded(sum / Double(whole))
        }

        var classMembers: [Document.Member] {
            [
                .init("verbatim", .int(count(.verbatim))),
                .init("light", .int(count(.light))),
                .init("heavy", .int(count(.heavy))),
                .init("rewrite", .int(count(.rewrite))),
            ]
        }
    }

    private let rows: [Row]
    private let reviews: [String: TemplateReview]
    private let outcomes: EditOutcomes
    private let candidates: TemplateCandidates

    /// - Parameters:
    ///   - reviews: what was changed, by template.
    ///   - outcomes: what customers did after the same replies.
    ///   - candidates: those of the replies that came from no template.
    public init(
        _ rows: [Row], reviews: [String: TemplateReview] = [:], outcomes: EditOutcomes = EditOutcomes([]),
        candidates: TemplateCandidates = TemplateCandidates([], minimum: 2)
    ) {
        self.rows = rows
        self.reviews = reviews
        self.outcomes = outcomes
        self.candidates = candidates
    }

    /// How many replies came from each template.
    public var approvals: [String: Int] {
        rows.reduce(into: [:]) { counts, row in
            if let template = row.template { counts[template, default: 0] += row.count }
        }
    }

    public var document: Document {
        var all = Tally()
        var used = Tally()
        var templates: [String: Tally] = [:]
        var operators: [String: Tally] = [:]
        for row in rows {
            all.add(row)
            if row.isSuggestionUsed { used.add(row) }
            if let template = row.template { templates[template, default: Tally()].add(row) }
            operators[row.operator, default: Tally()].add(row)
        }
        let ordered = byApprovals(templates)
        return .object(
            [
                .init("approvals", .int(all.approvals)),
                .init("with_ai_suggestion", .int(used.approvals)),
            ] + all.classMembers + [
                .init("unmatched", .int(all.count(.unmatched))),
                .init("edit_rate", all.editRate.document),
                .init("edit_rate_interval", all.editRate.intervalDocument),
                .init("mean_similarity", all.meanSimilarity),
                .init("templates", .array(ordered.map { templateDocument($0.key, $0.value) })),
                .init("operators", .array(byApprovals(operators).map { operatorDocument($0.key, $0.value) })),
                .init(
                    "ai",
                    .object([
                        .init("used", .int(used.approvals)),
                        .init("not_used", .int(all.approvals - used.approvals)),
                        .init("used_edit_rate", used.editRate.document),
                        .init("used_edit_rate_interval", used.editRate.intervalDocument),
                        .init("grades", all.grades.document),
                    ])),
                .init("patterns", TemplateReview.list(reviews)),
                .init("similarity", .array(ordered.flatMap { bands(of: $0.key, $0.value) })),
                .init("outcomes", outcomes.document(templates: ordered.map(\.key))),
                .init("proposals", .array(ordered.compactMap { reviews[$0.key]?.comparison(template: $0.key) })),
                .init("candidates", candidates.document),
            ])
    }

    private func byApprovals(_ tallies: [String: Tally]) -> [(key: String, value: Tally)] {
        tallies.sorted { a, b in
            a.value.approvals != b.value.approvals ? a.value.approvals > b.value.approvals : a.key < b.key
        }
    }

    private func templateDocument(_ template: String, _ tally: Tally) -> Document {
        .object(
            [.init("template", .string(template)), .init("approvals", .int(tally.approvals))] + tally.classMembers + [
                .init("edit_rate", tally.editRate.document),
                .init("edit_rate_interval", tally.editRate.intervalDocument),
                .init("mean_similarity", tally.meanSimilarity),
                .init("grades", tally.grades.document),
            ] + (reviews[template] ?? TemplateReview(TemplateEdits([], minimum: 1))).members)
    }

    private func operatorDocument(_ name: String, _ tally: Tally) -> Document {
        .object([
            .init("operator", .string(name)),
            .init("approvals", .int(tally.approvals)),
            .init("edit_rate", tally.editRate.document),
            .init("edit_rate_interval", tally.editRate.intervalDocument),
            .init("mean_similarity", tally.meanSimilarity),
        ])
    }

    /// How the template's replies are spread over the tenths of similarity; none that is empty.
    private func bands(of template: String, _ tally: Tally) -> [Document] {
        tally.bands.sorted { $0.key < $1.key }.map { band, replies in
            .object([.init("template", .string(template)), .init("band", .int(band)), .init("replies", .int(replies))])
        }
    }
}
