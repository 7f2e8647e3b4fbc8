internal import CountersignCore

/// How a figure is made again from its rows.
enum Computation: Hashable, Sendable {
    /// How many rows.
    case count
    /// How many different values.
    case countOf(String)
    case sum(String)
    /// The rows of `part` as a share of all.
    case share
    /// Its 95 % Wilson interval.
    case interval
    /// The share of each part.
    case shares
    case mean(String)
    /// The mean of one column divided by another.
    case meanFraction(String, of: String)
    case minimum(String)
    case maximum(String)
    /// The value of the one row.
    case value(String)
    /// All values, ascending.
    case values(String)
    /// By nearest rank.
    case percentile(String, Int)
    /// By Kaplan and Meier; `censored` is how long the open cases have been watched.
    case survival(String, censored: String, Int)
    /// `part` less `before`, as a share of `before`.
    case change
    /// Whether that is more than a setting.
    case growthOver(String)
    /// Whether the share is more than a setting.
    case shareOver(String)
    /// Whether there are fewer rows than so many.
    case fewerThan(Int)
    /// Whether three UTC hours in a row have a 95th percentile over a setting.
    case sustainedOver(String, column: String, at: String)
    /// Centre, upper or lower limit of an XmR chart of the rows counted by a column, over the keys of a list.
    case limit(String, ControlList)
    /// The rule by which a day of such a chart stands out.
    case rule(ControlList)
    /// What the name itself says.
    case key(String)
    /// A value of the configuration.
    case setting(String)
    case constant(Int)
    /// What was asked for: the week, the moment, the account.
    case given(String)
    /// What the control's header says.
    case control(String)
    /// A template's body with the changes of its rows: made from texts that are not listed.
    case draft(String)
    /// The figure whose name an item gives, or a column of its one row.
    case same(String, value: String?)

    /// The days (or weeks) of a chart: those of a list of the KPI of which the figure is known.
    struct ControlList: Hashable, Sendable {
        let column: String
        let list: String
        let key: String
        let counted: String
    }

    private static let words = ["count", "share", "interval", "shares", "change"]
    private static let keys = [
        "count_of", "sum", "mean", "mean_fraction", "min", "max", "value", "values", "percentile", "survival",
        "growth_over", "share_over", "fewer_than", "sustained_over", "limit", "rule", "key", "setting", "constant",
        "given",
        "control",
        "draft", "same",
    ]
    private static let details = [
        "whole", "percent", "censored", "column", "at", "by", "of", "key", "counted", "value",
    ]

    init(_ node: StrictYAML) throws(YAMLError) {
        guard node.hasAnyMember else {
            switch try node.text() {
            case "count": self = .count
            case "share": self = .share
            case "interval": self = .interval
            case "shares": self = .shares
            case "change": self = .change
            default: throw node.error("“\(try node.text())” computes nothing", fix: Self.fix)
            }
            return
        }
        let members = try node.mapping(known: Self.keys + Self.details)
        func text(_ key: String) throws(YAMLError) -> String { try members.required(key).text() }
        func list() throws(YAMLError) -> ControlList {
            ControlList(
                column: try text("by"), list: try text("of"), key: try text("key"), counted: try text("counted"))
        }
        guard let kind = members.order.first else { throw node.error("nothing is computed", fix: Self.fix) }
        switch kind {
        case "count_of": self = .countOf(try text(kind))
        case "sum": self = .sum(try text(kind))
        case "mean": self = .mean(try text(kind))
        case "mean_fraction": self = .meanFraction(try text(kind), of: try text("whole"))
        case "min": self = .minimum(try text(kind))
        case "max": self = .maximum(try text(kind))
        case "value": self = .value(try text(kind))
        case "values": self = .values(try text(kind))
        case "percentile": self = .percentile(try text(kind), try members.required("percent").int(in: 1...100))
        case "survival":
            self = .survival(
                try text(kind), censored: try text("censored"), try members.required("percent").int(in: 1...100))
        case "growth_over": self = .growthOver(try text(kind))
        case "share_over": self = .shareOver(try text(kind))
        case "fewer_than": self = .fewerThan(try members.required(kind).int(in: 1...Int(Int32.max)))
        case "sustained_over": self = .sustainedOver(try text(kind), column: try text("column"), at: try text("at"))
        case "limit": self = .limit(try text(kind), try list())
        case "rule": self = .rule(try list())
        case "key": self = .key(try text(kind))
        case "setting": self = .setting(try text(kind))
        case "constant": self = .constant(try members.required(kind).int(in: 0...Int(Int32.max)))
        case "given": self = .given(try text(kind))
        case "control": self = .control(try text(kind))
        case "draft": self = .draft(try text(kind))
        case "same":
            self = .same(try text(kind), value: try members["value"].map { node throws(YAMLError) in try node.text() })
        default: throw node.error("“\(kind)” computes nothing", fix: Self.fix)
        }
    }

    private static var fix: String { "use \((words + keys).joined(separator: ", "))" }
}

extension Computation {
    /// As a definition writes it.
    var document: Document {
        func one(_ kind: String, _ value: String, _ more: Document.Member...) -> Document {
            .object([.init(kind, .string(value))] + more)
        }
        func list(_ list: ControlList) -> [Document.Member] {
            [
                .init("by", .string(list.column)), .init("of", .string(list.list)), .init("key", .string(list.key)),
                .init("counted", .string(list.counted)),
            ]
        }
        return switch self {
        case .count: .object([.init("count", .null)])
        case .share: .object([.init("share", .null)])
        case .interval: .object([.init("interval", .null)])
        case .shares: .object([.init("shares", .null)])
        case .change: .object([.init("change", .null)])
        case .countOf(let column): one("count_of", column)
        case .sum(let column): one("sum", column)
        case .mean(let column): one("mean", column)
        case .meanFraction(let part, let whole): one("mean_fraction", part, .init("whole", .string(whole)))
        case .minimum(let column): one("min", column)
        case .maximum(let column): one("max", column)
        case .value(let column): one("value", column)
        case .values(let column): one("values", column)
        case .percentile(let column, let percent): one("percentile", column, .init("percent", .int(percent)))
        case .survival(let column, let censored, let percent):
            one("survival", column, .init("censored", .string(censored)), .init("percent", .int(percent)))
        case .growthOver(let setting): one("growth_over", setting)
        case .shareOver(let setting): one("share_over", setting)
        case .fewerThan(let count): .object([.init("fewer_than", .int(count))])
        case .sustainedOver(let setting, let column, let at):
            one("sustained_over", setting, .init("column", .string(column)), .init("at", .string(at)))
        case .limit(let name, let days): .object([.init("limit", .string(name))] + list(days))
        case .rule(let days): .object([.init("rule", .string("rule"))] + list(days))
        case .key(let member): one("key", member)
        case .setting(let key): one("setting", key)
        case .constant(let value): .object([.init("constant", .int(value))])
        case .given(let name): one("given", name)
        case .control(let name): one("control", name)
        case .draft(let name): one("draft", name)
        case .same(let item, let column): one("same", item, .init("value", .optional(column) { .string($0) }))
        }
    }
}
