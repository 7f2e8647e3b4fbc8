import CountersignCore
import Foundation
import Testing

@testable import CountersignRender

/// What a drawing must be for everyone to read it, over sample charts and hostile ones.
@Suite struct ChartLegibilityTests {
    private static let charts = SampleCharts.all + HostileCharts.all + HostileCharts.empty.map(\.chart)

    @Test(arguments: charts.indices)
    func `no text covers another, and none leaves the drawing`(index: Int) throws {
        let chart = Self.charts[index]
        let drawing = try SVGDrawing(SVGRenderer().svg(chart))
        let texts = drawing.texts
        for (position, text) in texts.enumerated() {
            #expect(text.left >= 0 && text.right <= drawing.width, "\(chart.id): “\(text.text)” leaves the drawing")
            #expect(text.top >= 0 && text.bottom <= drawing.height, "\(chart.id): “\(text.text)” leaves the drawing")
            for other in texts[(position + 1)...] where text.overlaps(other) {
                Issue.record("\(chart.id): “\(text.text)” and “\(other.text)” overlap")
            }
        }
        #expect(!drawing.source.contains("nan") && !drawing.source.contains("inf\""))
    }

    @Test(arguments: charts.indices)
    func `every class of a drawing is in its style sheet`(index: Int) throws {
        let drawing = try SVGDrawing(SVGRenderer().svg(Self.charts[index]))
        for name in drawing.classes {
            #expect(drawing.sheet.contains(".\(name){") || drawing.sheet.contains(".\(name),"), "\(name)")
        }
    }

    @Test(arguments: HostileCharts.empty.indices)
    func `a chart without anything to draw says so and draws no frame`(index: Int) throws {
        let (chart, says) = HostileCharts.empty[index]
        let drawing = try SVGDrawing(SVGRenderer().svg(chart))
        #expect(drawing.texts.map(\.text) == [chart.title, says])
        #expect(drawing.classes.isSubset(of: ["paper", "title", "label", "stripe"]))
    }

    /// 25 rows at most, and of groups whole categories: 3 of 7 rows.
    @Test(arguments: [
        ("sixty_bars", "and 35 more in the workbook"), ("sixty_intervals", "and 35 more in the workbook"),
        ("sixty_groups", "and 399 more in the workbook"), ("sixty_heat", "and 35 more rows in the workbook"),
        ("sixty_heat", "and 30 more columns in the workbook"),
    ])
    func `a drawing says how much more the workbook has`(id: String, says: String) throws {
        let chart = try #require(HostileCharts.all.first { $0.id == id })
        let texts = try SVGDrawing(SVGRenderer().svg(chart)).texts
        #expect(texts.contains { $0.text == says })
    }

    @Test func `an interval says its rate and cases, or why it has none to say`() throws {
        let texts = try SVGDrawing(SVGRenderer().svg(SampleCharts.controls)).texts.map(\.text)
        for words in [
            "98.2 % · n = 1,283", "too few to say · n = 12", "no cases", "hollow: n below 30, too few to say",
        ] {
            #expect(texts.contains(words), "\(words)")
        }
        // A rate of 3 of 4 in a dozen cases is drawn, not said.
        #expect(!texts.contains { $0.contains("75.0 %") })
    }

    @Test(arguments: [false, true])
    func `every text has a contrast of 4.5 to what it stands on, in light and in dark`(isDark: Bool) throws {
        let sheet = StyleSheet(SVGStyle.sheet, isDark: isDark)
        var pairs = [
            ("title", "paper"), ("label", "paper"), ("name", "paper"), ("value", "paper"), ("point-value", "paper"),
        ]
        pairs += (0...5).map { ("v\($0)", "h\($0)") }
        pairs += Palette.series.indices.map { ("t\($0)", "s\($0)") }
        for (text, ground) in pairs {
            let (ink, fill) = (try #require(sheet.fill(text)), try #require(sheet.fill(ground)))
            #expect(StyleSheet.contrast(ink, fill) >= 4.5, "\(text) on \(ground)")
        }
        for mark in 0..<MarkShape.colours {
            let (ink, fill) = (try #require(sheet.fill("m\(mark)")), try #require(sheet.fill("paper")))
            #expect(StyleSheet.contrast(ink, fill) >= 3, "m\(mark)")
        }
    }

    @Test func `parts of a stack and groups are told apart without their colours`() {
        let parts = (0..<6).map(PartLook.pattern)
        #expect(Set(parts).count == 6)
        // Where the colours begin again, the patterns are others: no two parts of a dozen look alike.
        let looks = (0..<12).map { "\(PartLook.colour($0)) \(PartLook.pattern($0) ?? 0)" }
        #expect(Set(looks).count == 12)
        let shapes = (0..<6).map { group in
            MarkShape(group: group).corners(x: 0, y: 0, radius: 1).map { "\($0.x) \($0.y)" }
        }
        #expect(Set(shapes).count == 6)
    }

    @Test func `a page of 360 pixels shows the smallest text at 12`() {
        #expect(SVGCanvas.textSize * 360 / SVGCanvas.width >= 12)
    }

    @Test func `a name is cut between characters as people count them`() {
        let family = "👩‍👩‍👧‍👦"
        let cut = TextWidth.cut(String(repeating: family, count: 20), width: 200)
        #expect(cut.hasSuffix("…"))
        #expect(cut.count > 2 && cut.dropLast().allSatisfy { String($0) == family })
        // One letter under a heap of marks is cut too.
        let heap = "x" + String(repeating: "\u{301}", count: 2_000)
        #expect(TextWidth.cut(heap, width: 200) == "…")
    }
}
