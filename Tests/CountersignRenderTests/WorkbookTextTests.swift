import Testing

@testable import CountersignRender

@Suite struct WorkbookTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("=1+1", "=1+1"), ("a\u{1B}b", "a_x001B_b"), ("\u{0}", "_x0000_"),
        ("_x000D_", "_x005F_x000D_"), ("_x00", "_x00"), ("_xZZZZ_", "_xZZZZ_"), ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb", "a_x000D_\nb"), ("\u{FFFF}", "_xFFFF_"),
    ])
    func `control characters are spelled as the file format spells them`(text: String, cell: String) {
        #expect(SpreadsheetText.cell(text) == cell)
    }

    @Test func `a chart's text is never taken for a reference`() {
        #expect(SpreadsheetText.line("=Sheet1!$A$1") == " =Sheet1!$A$1")
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
