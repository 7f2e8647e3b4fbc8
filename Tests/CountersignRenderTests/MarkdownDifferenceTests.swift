import CountersignCore
import Testing

@testable import CountersignRender

@Suite struct MarkdownDifferenceTests {
    private static let long = String(repeating: "word ", count: 30)

    @Test(arguments: [
        ([], "–"), ([TextChange(.same, "  ")], "–"), ([TextChange(.same, "as it was")], "as it was"),
        (
            [
                TextChange(.same, "We write "), TextChange(.delete, "shortly"), TextChange(.insert, "by {{time}}"),
                TextChange(.same, "."),
            ], "We write ~~shortly~~ **by {{time}}**."
        ),
        // White space at the edges of a part stands outside its marks.
        ([TextChange(.same, "a"), TextChange(.delete, " b "), TextChange(.same, "c")], "a ~~b~~ c"),
        // Beside a letter or a sign, marks need a space to be marks.
        ([TextChange(.same, "pay €"), TextChange(.insert, "(5)"), TextChange(.same, "now")], "pay € **(5)** now"),
        ([TextChange(.insert, "*new* ~ <b>|")], "**\\*new\\* ~ \\<b>\\|**"),
        ([TextChange(.delete, "old"), TextChange(.insert, " ")], "~~old~~"),
    ])
    func `what is taken is struck through, what is new is bold`(changes: [TextChange], markdown: String) {
        #expect(MarkdownDifference(changes).text == markdown)
    }

    @Test func `long stretches are shortened at words, beside the changes`() {
        let text = MarkdownDifference([
            TextChange(.same, "First " + Self.long), TextChange(.insert, "new"),
            TextChange(.same, Self.long + Self.long), TextChange(.delete, "old"), TextChange(.same, Self.long + "last"),
        ]).text
        #expect(text.hasPrefix("… word ") && text.hasSuffix("word …"))
        #expect(text.contains("word **new** word") && text.contains("word … word") && text.contains("~~old~~ word"))
        #expect(text.count < 250)
    }

    @Test func `a change too long for a cell is cut, and its marks are closed`() {
        let text = MarkdownDifference([TextChange(.insert, Self.long + Self.long), TextChange(.same, " rest")]).text
        #expect(text.hasPrefix("**word") && text.contains(" …** "))
        #expect(text.count < 260)
    }
}
