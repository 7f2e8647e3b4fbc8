import Foundation
import FoundationXML
import Testing

@testable import CountersignRender

/// A drawing as a reader has it: its texts with the room that they take.
struct SVGDrawing {
    struct Text {
        let text: String
        let left, right, top, bottom: Double

        /// A touch is no overlap: widths are estimates, larger than most letters.
        func overlaps(_ other: Text) -> Bool {
            left < other.right - 0.1 && other.left < right - 0.1 && top < other.bottom - 0.1
                && other.top < bottom - 0.1
        }
    }

    let source: String
    let width: Double
    let height: Double
    let texts: [Text]
    let classes: Set<String>
    let sheet: String

    init(_ svg: String) throws {
        source = svg
        let reader = DrawingReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
        width = try #require(reader.width)
        height = try #require(reader.height)
        texts = reader.texts
        classes = reader.classes
        sheet = reader.sheet
    }
}

private final class DrawingReader: NSObject, XMLParserDelegate {
    var width: Double?
    var height: Double?
    var texts: [SVGDrawing.Text] = []
    var classes: Set<String> = []
    var sheet = ""
    private var attributes: [String: String] = [:]
    private var content = ""

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
    ) {
        (attributes, content) = (attributeDict, "")
        classes.formUnion((attributeDict["class"] ?? "").split(separator: " ").map(String.init))
        if elementName == "svg" {
            width = attributeDict["width"].flatMap { Double($0) }
            height = attributeDict["height"].flatMap { Double($0) }
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { content += string }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        if elementName == "style" { sheet = content }
        if elementName == "text" { texts.append(box()) }
    }

    private func box() -> SVGDrawing.Text {
        let size = attributes["class"] == "title" ? 16.5 : 14.0
        let length = TextWidth.of(content, size: size)
        let shift: Double =
            switch attributes["text-anchor"] {
            case "middle": length / 2
            case "end": length
            default: 0
            }
        guard let transform = attributes["transform"] else {
            let x = attributes["x"].flatMap { Double($0) } ?? -1
            let y = attributes["y"].flatMap { Double($0) } ?? -1
            return SVGDrawing.Text(
                text: content, left: x - shift, right: x - shift + length, top: y - size * 0.75,
                bottom: y + size * 0.2)
        }
        // `translate(12 80) rotate(-90)`: the text runs upwards.
        let numbers = transform.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
        let (x, y) = (numbers[0], numbers[1])
        return SVGDrawing.Text(
            text: content, left: x - size * 0.75, right: x + size * 0.2, top: y + shift - length, bottom: y + shift)
    }
}

/// The fills of a style sheet, light or dark.
struct StyleSheet {
    private var fills: [String: UInt32] = [:]

    init(_ sheet: String, isDark: Bool) {
        let parts = sheet.components(separatedBy: "@media")
        for part in isDark ? parts : [parts[0]] {
            for match in part.matches(of: /(\.[^{}\s]+)\{([^{}]*)\}/) {
                guard let fill = match.2.firstMatch(of: /(?:^|;)fill:#([0-9a-f]{6})/),
                    let rgb = UInt32(fill.1, radix: 16)
                else { continue }
                for name in match.1.split(separator: ",") { fills[String(name.dropFirst())] = rgb }
            }
        }
    }

    func fill(_ name: String) -> UInt32? { fills[name] }

    /// WCAG 2's contrast ratio.
    static func contrast(_ a: UInt32, _ b: UInt32) -> Double {
        let lights = [a, b].map { rgb in
            zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0.0) { sum, channel in
                let share = Double(rgb >> UInt32(channel.0) & 0xFF) / 255
                return sum + channel.1 * (share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4))
            }
        }
        return ((lights.max() ?? 0) + 0.05) / ((lights.min() ?? 0) + 0.05)
    }
}
