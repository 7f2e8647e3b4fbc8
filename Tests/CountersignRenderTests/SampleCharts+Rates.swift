import CountersignCore

extension SampleCharts {
    static func row(
        _ category: String, _ rate: Double?, _ bounds: (Double, Double)?, _ count: Int?, group: Int? = nil
    ) -> IntervalChart.Row {
        IntervalChart.Row(
            category: category, group: group, rate: rate, lower: bounds?.0, upper: bounds?.1, count: count)
    }

    /// All that a row can be: many cases, every one passed, too few, none, and a name that is long.
    static let controls = Chart(
        id: "control_rates", title: "Pass rate of each control",
        description:
            "Three of eight controls passed in more than 90 % of their cases; two have too few cases, one has none.",
        body: .intervals(
            IntervalChart(
                categoryTitle: "Control", valueTitle: "Pass rate", groupTitle: nil, groups: [], few: 30,
                rows: [
                    row("C01 approvals", 0.982, (0.974, 0.988), 1_283), row("C02 escalations", 1, (0.979, 1), 176),
                    row("C03 second pair of eyes", 0.75, (0.468, 0.911), 12), row("C04 refunds", nil, nil, 0),
                    row("C05 acknowledged within two hours", 0.911, (0.871, 0.939), 302),
                    row(
                        "C06 Every reply that promises money back names the order that it is for", 0.064, (0.03, 0.132),
                        94),
                    row("C07 follow-up", 0, (0, 0.117), 29), row("C08 labels", 0.5, (0.402, 0.598), 96),
                ])))

    static let afterReplies = Chart(
        id: "after_replies", title: "Acknowledged in 24 hours, verbatim against edited",
        description:
            "After edited replies of the refund template customers wrote back sooner than after verbatim ones.",
        body: .intervals(
            IntervalChart(
                categoryTitle: "Template", valueTitle: "Acknowledged in 24 hours", groupTitle: "reply",
                groups: ["verbatim", "edited"], few: 30,
                rows: [
                    row("Refund approved", 0.42, (0.33, 0.517), 96, group: 0),
                    row("Refund approved", 0.61, (0.497, 0.713), 72, group: 1),
                    row("Order delayed", 0.55, (0.45, 0.646), 90, group: 0),
                    row("Order delayed", 0.4, (0.168, 0.687), 10, group: 1),
                    row("Thank you", nil, nil, 0, group: 0), row("Thank you", 0.9, (0.77, 0.96), 41, group: 1),
                ])))

    static let bands = (0..<10).map { $0 == 0 ? "0–9 %" : "\($0)0–\($0)9 %" } + ["100 %"]

    static let similarity = Chart(
        id: "similarity", title: "How close replies stay to their template",
        description: "Most replies are sent as drafted; those of the refund template are changed most.",
        body: .heatMap(
            HeatMap(
                rowTitle: "Template", rows: ["Refund approved", "Order delayed", "Where is my parcel?", "Thank you"],
                columnTitle: "similarity", columns: bands, valueTitle: "Replies",
                values: [
                    [4, 0, 0, 3, 5, 9, 12, 11, 14, 6, 32], [0, 0, 0, 0, 1, 0, 2, 3, 9, 11, 60],
                    [0, 0, 1, 0, 0, 2, 0, 1, 3, 6, 1_041], [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 12],
                ])))
}
