import CountersignCore
import Foundation
import FoundationXML
import Testing

@testable import CountersignRender

@Suite struct SVGTests {
    @Test(arguments: SampleCharts.all.map(\.id))
    func `a drawing is well-formed XML with a title and a description`(id: String) throws {
        let chart = try #require(SampleCharts.all.first { $0.id == id })
        let texts = try SVGTests.texts(SVGRenderer().svg(chart))
        #expect(texts["title"] == [chart.title])
        #expect(texts["desc"] == [chart.description])
    }

    @Test(arguments: Hostile.all)
    func `text from outside is text in a drawing`(text: String) throws {
        let series = Series(title: text, unit: .count, values: [1, nil])
        let bars = BarChart(categories: [text, text], categoryTitle: text, valueTitle: text, parts: [series])
        let chart = Chart(id: "x", title: text, description: text, body: .bars(bars))
        let svg = SVGRenderer().svg(chart)
        #expect(try SVGTests.texts(svg)["title"] == [VisibleText.line(text)])
        #expect(!svg.contains("<script"))
    }

    /// A step is 1, 2 or 5 times a power of ten, and four steps or a few more reach the greatest value.
    @Test(arguments: [
        ([159.0, 87], Series.Unit.count, [0.0, 50, 100, 150, 200]), ([3.0], .count, [0, 1, 2, 3]),
        ([0.124], .rate, [0, 0.05, 0.1, 0.15]), ([0.0], .count, [0, 1]), ([38.0, -5], .count, [-20, 0, 20, 40]),
        ([0.97, 1], .rate, [0, 0.25, 0.5, 0.75, 1]), ([0.7 + 0.2 + 0.1 + 1e-12], .rate, [0, 0.25, 0.5, 0.75, 1]),
        ([0.8], .rate, [0, 0.2, 0.4, 0.6, 0.8]), ([1.3], .rate, [0, 0.5, 1, 1.5]), ([0.9], .count, [0, 1]),
    ])
    func `ticks are round, and shares end at 100 %`(values: [Double], unit: Series.Unit, ticks: [Double]) {
        let scale = Scale(covering: values, unit: unit)
        #expect(scale.ticks.count == ticks.count)
        for (tick, expected) in zip(scale.ticks, ticks) { #expect(abs(tick - expected) < 1e-9) }
    }

    /// The texts of a well-formed document by element.
    private static func texts(_ xml: String) throws -> [String: [String]] {
        let reader = TextReader()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        return reader.texts
    }
}

private final class TextReader: NSObject, XMLParserDelegate {
    var texts: [String: [String]] = [:]
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) { text = "" }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) { texts[elementName, default: []].append(text) }
}
