/// The style sheet of every drawing: light, and dark where the reader's system is dark.
enum SVGStyle {
    static let sheet: String = {
        let series = Palette.series.enumerated().map { index, colour in
            ".s\(index){fill:\(colour.css)}.t\(index){fill:\(colour.readableInk)}"
        }
        let light = heatSteps(from: Colour(0xEEF4F9), to: Colour(0x005A8F))
        let dark = heatSteps(from: Colour(0x1E262F), to: Colour(0x7CC4F0))
        return """
            \(definitions)
            <style>
            text{font:14px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;direction:ltr;unicode-bidi:plaintext}
            .title{font-size:16px;font-weight:600}
            .title,.value,.name{fill:\(Palette.ink.css)}
            .label{fill:\(Palette.muted.css)}
            .value,.point-value{font-weight:600;paint-order:stroke;stroke:\(Palette.paper.css);stroke-width:3px}
            .point-value{fill:#b04a00}
            .paper{fill:\(Palette.paper.css)}
            .grid,.axis,.centre,.limit,.line,.range{fill:none;stroke-width:1}
            .grid{stroke:\(Palette.grid.css)}
            .axis,.centre{stroke:#8a94a0}
            .centre{stroke-width:1.5}
            .limit{stroke:\(Palette.muted.css);stroke-width:1.5;stroke-dasharray:6 4}
            .range{stroke:\(Palette.muted.css);stroke-width:3}
            .line{stroke-width:2;stroke-linejoin:round}
            .column,.dot{fill:\(Palette.blue.css)}
            .line{stroke:\(Palette.blue.css)}
            .rate-line{fill:none;stroke:\(Palette.vermilion.css);stroke-width:2;stroke-linejoin:round}
            .rate-dot,.signal{fill:\(Palette.vermilion.css)}
            .signal{stroke:\(Palette.paper.css);stroke-width:1.5}
            .p1{fill:url(#p1)}.p2{fill:url(#p2)}.p3{fill:url(#p3)}.p4{fill:url(#p4)}.p5{fill:url(#p5)}
            .stripe{fill:#ffffff;fill-opacity:.55}
            \(series.joined())
            \(marks(Palette.marks))
            .dashed{stroke-dasharray:5 4}
            .hollow{fill:\(Palette.paper.css)}
            \(light)
            @media (prefers-color-scheme:dark){
            .paper{fill:#14191f}
            .title,.value,.name{fill:#e8ecf0}
            .label{fill:#a7b1bc}
            .value,.point-value{stroke:#14191f}
            .point-value{fill:#ffa766}
            .grid{stroke:#2c343d}
            .axis,.centre{stroke:#7c8793}
            .limit,.range{stroke:#a7b1bc}
            .column,.dot{fill:#56b4e9}
            .line{stroke:#56b4e9}
            .rate-line{stroke:#ff8c42}
            .rate-dot,.signal{fill:#ff8c42}
            .signal{stroke:#14191f}
            \(marks(Palette.darkMarks))
            .hollow{fill:#14191f}
            \(dark)
            }
            </style>
            """
    }()

    /// Stripes to the right, dots, level lines, upright lines, stripes to the left.
    private static let definitions: String = {
        let stripe = "<rect width=\"2.5\" height=\"7\" class=\"stripe\"/>"
        let level = "<rect width=\"6\" height=\"2\" class=\"stripe\"/>"
        let dots = "<circle cx=\"3\" cy=\"3\" r=\"1.6\" class=\"stripe\"/>"
        func pattern(_ number: Int, _ size: Int, turned: Int, _ content: String) -> String {
            let turn = turned == 0 ? "" : " patternTransform=\"rotate(\(turned))\""
            return "<pattern id=\"p\(number)\" width=\"\(size)\" height=\"\(size)\" patternUnits=\"userSpaceOnUse\""
                + "\(turn)>\(content)</pattern>"
        }
        return "<defs>" + pattern(1, 7, turned: 45, stripe) + pattern(2, 6, turned: 0, dots)
            + pattern(3, 6, turned: 0, level) + pattern(4, 6, turned: 90, level) + pattern(5, 7, turned: -45, stripe)
            + "</defs>"
    }()

    /// The marks of groups and the lines of their intervals.
    private static func marks(_ colours: [Colour]) -> String {
        colours.enumerated().map { index, colour in
            ".m\(index),.w\(index){stroke:\(colour.css);stroke-width:2.5}.m\(index){fill:\(colour.css)}"
        }.joined()
    }

    /// Steps 0 (none) to 5 (most), and the ink that is read on each.
    private static func heatSteps(from low: Colour, to high: Colour) -> String {
        (0...5).map { step in
            let fill = low.mixed(with: high, share: Double(step) / 5)
            return ".h\(step){fill:\(fill.css)}.v\(step){fill:\(fill.readableInk)}"
        }.joined()
    }
}

extension Colour {
    private var channels: [Double] { [16, 8, 0].map { Double(rgb >> $0 & 0xFF) } }

    func mixed(with other: Colour, share: Double) -> Colour {
        let mixed = zip(channels, other.channels).map { UInt32(($0 + ($1 - $0) * share).rounded()) }
        return Colour(mixed.reduce(0) { $0 << 8 | $1 })
    }

    /// Black or white, whichever has more contrast on it: at least 4.5 on every colour (WCAG's luminance, its curve
    /// drawn near enough without a power function).
    var readableInk: String {
        let light = zip(channels, [0.2126, 0.7152, 0.0722]).reduce(0) { sum, channel in
            let share = channel.0 / 255
            return sum + share * share * (share.squareRoot() * 0.4 + 0.6) * channel.1
        }
        return light > 0.179 ? "#000000" : "#ffffff"
    }
}
