/// Text that wants to be more than text, each with what it tries.
enum Hostile {
    static let formula = "=cmd|' /C calc'!A0"
    static let plusFormula = "+1+cmd"
    static let atFormula = "@SUM(1+1)"
    static let minusFormula = "-2+3"
    static let html = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    static let link = "[x](http://evil.example)"
    static let image = "![x](http://evil.example/beacon.png)"
    static let bareAddress = "see http://evil.example and www.evil.example or mo@evil.example"
    static let bidi = "invoice\u{202E}fdp.exe\u{202C}"
    static let ansi = "\u{1B}[31mred\u{1B}[0m"
    static let controls = "bell\u{7} null\u{0} feed\u{C} vertical\u{B}"
    static let escapeLookalike = "_x000D_ and _x0041_"
    static let markup = "**bold** _em_ `code` | pipe \\ ~~gone~~ # head ! &amp;"
    static let lines = "first\nsecond\r\n# third\n\n- fourth"
    static let nonCharacter = "end\u{FFFE}\u{FFFF}"
    static let long = String(repeating: "abcdefghi ", count: 4_000)

    static let all = [
        formula, plusFormula, atFormula, minusFormula, html, link, image, bareAddress, bidi, ansi, controls,
        escapeLookalike, markup, lines, nonCharacter, long,
    ]
}
