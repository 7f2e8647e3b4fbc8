import CountersignCore
import Testing

@Suite struct EditPatternsTests {
    private func row(
        _ person: String, _ template: String?, _ editClass: ReplyFact.EditClass, _ similarity: (Int, Int)?,
        used: Bool = false, count: Int = 1, grades: EditPatterns.GradeSums = .init()
    ) -> EditPatterns.Row {
        .init(
            operator: person, template: template, editClass: editClass,
            similarity: similarity.map { TextSimilarity(distance: $0.0, longest: $0.1) }, isSuggestionUsed: used,
            count: count, grades: grades)
    }

    @Test func `rates leave unmatched replies out, counts do not`() {
        var grades = EditPatterns.GradeSums()
        grades.tone = Ratio(9, of: 2)
        grades.policy = Ratio(5, of: 1)
        grades.graded = 2
        let document = EditPatterns([
            row("b@x.example", "late", .verbatim, (0, 4), used: true, count: 2, grades: grades),
            row("a@x.example", "late", .light, (1, 10)),
            row("a@x.example", "ack", .heavy, (1, 2), used: true),
            row("a@x.example", nil, .rewrite, (3, 4)),
            row("c@x.example", nil, .unmatched, nil, count: 3),
        ]).document
        #expect(document["approvals"] == .int(8) && document["with_ai_suggestion"] == .int(3))
        #expect(document["unmatched"] == .int(3))
        // (1 + 1 + 1) of (2 + 1 + 1 + 1); (2 · 1 + 0.9 + 0.5 + 0.25) / 5 = 0.73.
        #expect(document["edit_rate"] == .decimal(6000, digits: 4))
        #expect(document["mean_similarity"] == .decimal(7300, digits: 4))
        // Three by template late, one by ack; operators 3, 3, 2: of equals the smaller name first.
        #expect(document["templates"]?.items.compactMap { $0["template"]?.string } == ["late", "ack"])
        #expect(document["templates.0.edit_rate"] == .decimal(3333, digits: 4))
        #expect(
            document["operators"]?.items.compactMap { $0["operator"]?.string }
                == ["a@x.example", "c@x.example", "b@x.example"])
        #expect(document["operators.1.edit_rate"] == .null && document["operators.1.mean_similarity"] == .null)
        // Of the three with a suggestion shown one was edited.
        #expect(document["ai.used_edit_rate"] == .decimal(3333, digits: 4))
        #expect(document["ai.not_used"] == .int(5))
        #expect(document["ai.grades.tone"] == .decimal(45_000, digits: 4))
        #expect(document["ai.grades.accuracy"] == .null && document["ai.grades.graded"] == .int(2))
    }

    @Test(arguments: [
        ((0, 10), 10), ((1, 10), 9), ((3, 10), 7), ((10, 10), 0), ((1, 1000), 9), ((0, 0), 10), ((1, 3), 6),
        ((2, 3), 3),
    ])
    func `bands are full tenths, and ten is for equal texts alone`(similarity: (Int, Int), band: Int) {
        #expect(TextSimilarity(distance: similarity.0, longest: similarity.1).band == band)
    }

    @Test func `similarities are listed by template in their order, then band, without empty ones`() {
        let document = EditPatterns([
            row("a@x.example", "ack", .verbatim, (0, 4)), row("a@x.example", "late", .light, (1, 10), count: 2),
            row("b@x.example", "late", .light, (1, 11)), row("a@x.example", "late", .verbatim, (0, 9)),
            row("a@x.example", nil, .heavy, (1, 2)), row("a@x.example", nil, .unmatched, nil),
        ]).document
        #expect(
            document["similarity"]?.items.map(\.plainText) == [
                "template late, band 9, replies 3", "template late, band 10, replies 1",
                "template ack, band 10, replies 1",
            ])
    }

    @Test func `grades of a template are those of its replies alone`() {
        func grades(tone: (Int, Int), graded: Int) -> EditPatterns.GradeSums {
            var grades = EditPatterns.GradeSums()
            grades.tone = Ratio(tone.0, of: tone.1)
            grades.graded = graded
            return grades
        }
        let document = EditPatterns([
            row("a@x.example", "late", .verbatim, (0, 4), grades: grades(tone: (5, 1), graded: 1)),
            row("b@x.example", "late", .unmatched, nil, grades: grades(tone: (4, 2), graded: 3)),
            row("b@x.example", nil, .unmatched, nil, grades: grades(tone: (1, 1), graded: 1)),
        ]).document
        #expect(document["templates.0.grades.tone"] == .decimal(30_000, digits: 4))
        #expect(document["templates.0.grades.accuracy"] == .null && document["templates.0.grades.graded"] == .int(4))
        #expect(document["ai.grades.tone"] == .decimal(25_000, digits: 4))
    }

    @Test func `two empty texts are alike`() {
        let document = EditPatterns([row("a@x.example", nil, .verbatim, (0, 0))]).document
        #expect(document["mean_similarity"] == .decimal(10_000, digits: 4))
        #expect(document["edit_rate"] == .decimal(0, digits: 4))
    }

    @Test func `a week without approvals has no rates`() {
        let document = EditPatterns([]).document
        #expect(document["approvals"] == .int(0) && document["edit_rate"] == .null)
        #expect(document["mean_similarity"] == .null && document["templates"] == .array([]))
    }
}
