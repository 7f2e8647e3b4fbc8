/// The style sheet of every drawing: light, and dark where the reader's system is dark.
enum SVGStyle {
    static let sheet: String = {
        let series = Palette.series.enumerated().map { index, colour in ".s\(index){fill:\(colour.css)}" }
        let light = heatSteps(from: Colour(0xEEF4F9), to: Colour(0x005A8F))
        let dark = heatSteps(from: Colour(0x1E262F), to: Colour(0x7CC4F0))
        return """
            <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
            patternTransform="rotate(45)"><rect width="2" height="6" class="stripe"/></pattern></defs>
            <style>
            text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
            .title{font-size:16px;font-weight:600}
            .title,.value,.label,.on-light{fill:\(Palette.ink.css)}
            .label{fill:\(Palette.muted.css)}
            .value,.point-value{font-weight:600;paint-order:stroke;stroke:\(Palette.paper.css);stroke-width:3px}
            .point-value{fill:#b04a00}
            .on-dark{fill:#ffffff}
            .paper{fill:\(Palette.paper.css)}
            .grid,.axis,.centre,.limit,.line{fill:none;stroke-width:1}
            .grid{stroke:\(Palette.grid.css)}
            .axis,.centre{stroke:#8a94a0}
            .limit{stroke:\(Palette.muted.css);stroke-dasharray:6 4}
            .line{stroke-width:2;stroke-linejoin:round}
            .column,.dot{fill:\(Palette.blue.css)}
            .line{stroke:\(Palette.blue.css)}
            .rate-line{fill:none;stroke:\(Palette.vermilion.css);stroke-width:2;stroke-linejoin:round}
            .rate-dot,.signal{fill:\(Palette.vermilion.css)}
            .signal{stroke:\(Palette.paper.css);stroke-width:1.5}
            .hatch{fill:url(#hatch)}
            .stripe{fill:#ffffff;fill-opacity:.35}
            \(series.joined())
            \(light)
            @media (prefers-color-scheme:dark){
            .paper{fill:#14191f}
            .title,.value{fill:#e8ecf0}
            .label{fill:#a7b1bc}
            .value,.point-value{stroke:#14191f}
            .point-value{fill:#ffa766}
            .grid{stroke:#2c343d}
            .axis,.centre{stroke:#7c8793}
            .limit{stroke:#a7b1bc}
            .column,.dot{fill:#56b4e9}
            .line{stroke:#56b4e9}
            .rate-line{stroke:#ff8c42}
            .rate-dot,.signal{fill:#ff8c42}
            .signal{stroke:#14191f}
            \(dark)
            }
            </style>
            """
    }()

    /// Steps 0 (none) to 5 (most), and the ink that is read on each.
    private static func heatSteps(from low: Colour, to high: Colour) -> String {
        (0...5).map { step in
            let fill = low.mixed(with: high, share: Double(step) / 5)
            let ink = fill.isLight ? Palette.ink.css : "#ffffff"
            return ".h\(step){fill:\(fill.css)}.v\(step){fill:\(ink)}"
        }.joined()
    }
}

extension Colour {
    private var channels: [Double] { [16, 8, 0].map { Double(rgb >> $0 & 0xFF) } }

    func mixed(with other: Colour, share: Double) -> Colour {
        let mixed = zip(channels, other.channels).map { UInt32(($0 + ($1 - $0) * share).rounded()) }
        return Colour(mixed.reduce(0) { $0 << 8 | $1 })
    }

    /// Whether the palette's ink has more contrast on it than white (WCAG's luminance, gamma taken as 2).
    var isLight: Bool {
        let weighted = zip(channels, [0.2126, 0.7152, 0.0722]).map { ($0 / 255) * ($0 / 255) * $1 }
        return weighted.reduce(0, +) > 0.23
    }
}
