import CountersignCore
import CountersignRender
import Testing

@Suite struct DiffRendererTests {
    private func run(_ text: String) throws -> DocumentedRun {
        let frame =
            #"{"schema": "countersign/kpis/1", "as_of": "x", "timezone": "UTC", "window": {"week": "2026-W44"}, "#
        let document = try Document(
            json: Array((frame + "\"accounts\": [{\"account\": \"a.example\", \(text)}]}").utf8))
        return try #require(DocumentedRun(kpis: document, manifest: nil))
    }

    private func renderer(_ a: String, _ b: String, notes: [String] = []) throws -> DiffRenderer {
        DiffRenderer(KPIDocumentDiff(from: try run(a), to: try run(b)), a: "out/a", b: "out/b", notes: notes)
    }

    @Test func `moves read as plain text and as Markdown`() throws {
        let made = try renderer(
            #""k": {"n": 5, "gone": 1, "m": {"measurable": false, "reason": "no messages"}}"#,
            #""k": {"n": 3, "new": "x|y", "m": {"n": 1}}"#, notes: ["out/a: there is no manifest.json beside it"])
        #expect(
            made.text == """
                from out/a to out/b
                note: out/a: there is no manifest.json beside it

                figures: 2 moved, 1 appeared, 1 gone

                a.example
                  k.n: 5 → 3 (−2)  [unexplained]
                  k.gone: gone: 1  [unexplained]
                  k.m: not measurable (no messages) → measurable  [unexplained]
                  k.new: appeared: x|y  [unexplained]

                """)
        #expect(made.markdown.contains("| k.n | 5 | 3 | −2 | unexplained |\n"))
        #expect(made.markdown.contains("| k.new |  | x\\|y | appeared | unexplained |\n"))
        #expect(made.markdown.hasSuffix("|\n") && !made.markdown.hasSuffix("\n\n"))
    }

    @Test func `no move is said in so many words`() throws {
        #expect(try renderer("\"n\": 1", "\"n\": 1").text == "from out/a to out/b\n\nno figure moved\n")
        #expect(
            try renderer("\"n\": 1", "\"n\": 1").markdown
                == "# What moved\n\nFrom out/a to out/b.\n\nNo figure moved.\n")
    }

    @Test func `text from outside can do no harm`() throws {
        let made = try renderer(
            #""edit_patterns": {"operators": []}"#,
            #""edit_patterns": {"operators": [{"operator": "\u001b[31m<b>\u202e|`x`\n"}]}"#)
        for text in [made.text, made.markdown] {
            #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
        }
        #expect(made.markdown.replacing("\\<b>", with: "").contains("<b>") == false)
    }
}
