import Testing

@testable import CountersignRender

@Suite struct WorkbookTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("=1+1", "=1+1"), ("a\u{1B}b", "aU+001Bb"), ("\u{0}", "U+0000"),
        ("_x000D_", "_x005F_x000D_"), ("_x00", "_x00"), ("_xZZZZ_", "_xZZZZ_"), ("a\tb\nc", "a\tb\nc"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"), ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"), ("\u{FFFF}", "U+FFFF"),
        ("a\u{202E}b", "aU+202Eb"),
    ])
    func `what cannot be seen is shown, and what looks like the file format's escapes stays text`(
        text: String, cell: String
    ) {
        #expect(SpreadsheetText.cell(text) == cell)
    }

    @Test func `a chart's text is never taken for a reference`() {
        #expect(SpreadsheetText.line("=Sheet1!$A$1") == " =Sheet1!$A$1")
        #expect(SpreadsheetText.line("=\u{301}A1") == " =\u{301}A1")
    }

    @Test func `sheet names are legal and unique without regard to case`() {
        var names = WorkbookNames()
        #expect(names.sheet("Edits: by [template]/shop?") == "Edits by template shop")
        #expect(names.sheet("edits by template shop") == "edits by template shop 2")
        #expect(names.sheet("Morgan's") == "Morgan’s")
        #expect(names.sheet("History") == "HistorySheet")
        #expect(names.sheet("") == "Sheet")
        let long = String(repeating: "x", count: 40)
        #expect(names.sheet(long).count == 31)
        #expect(names.sheet(long).hasSuffix(" 2"))
    }

    @Test(arguments: [
        ("breach_rate", "breach_rate"), ("A1", "_A1"), ("w44", "_w44"), ("r1c1", "_r1c1"), ("c", "_c"),
        ("2026", "_2026"), ("a.b-c d", "a_b_c_d"), ("abcd1", "abcd1"),
    ])
    func `names of cells and tables are none that a formula takes for a reference`(name: String, defined: String) {
        var names = WorkbookNames()
        #expect(names.defined(name) == defined)
        #expect(names.defined(name.uppercased()) != defined)
    }
}
