import CountersignCore
import Testing

/// The statistics against numbers that others published, so that they are not only right by our own reading.
@Suite struct PublishedStatisticsTests {
    // MARK: Intervals

    /// Newcombe, Statistics in Medicine 17 (1998), table I: method 3, the score method without continuity correction.
    @Test(arguments: [(81, 263, 2553, 3662), (15, 148, 624, 1605), (0, 20, 0, 1611), (1, 29, 61, 1718)])
    func `Newcombe's table of score intervals is found again`(part: Int, whole: Int, lower: Int, upper: Int) {
        #expect(
            Ratio(part, of: whole).intervalDocument
                == .array([.decimal(lower, digits: 4), .decimal(upper, digits: 4)]))
        // What is true of a share is true of its complement.
        #expect(
            Ratio(whole - part, of: whole).intervalDocument
                == .array([.decimal(10_000 - upper, digits: 4), .decimal(10_000 - lower, digits: 4)]))
    }

    // MARK: Kaplan–Meier

    /// A published step: survival just after a time, to the digits it was published with.
    struct Step: Sendable {
        let time: Int64
        let survival: Double
    }

    /// Weeks of remission of acute leukaemia, Freireich et al., Blood 21 (1963); censored ones are those still in
    /// remission. Survival as in Kleinbaum and Klein, Survival Analysis, chapter 2.
    static let treated = KaplanMeier(
        observed: [6, 6, 6, 7, 10, 13, 16, 22, 23],
        censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
    static let treatedSteps = [
        Step(time: 6, survival: 0.8571), Step(time: 7, survival: 0.8067), Step(time: 10, survival: 0.7529),
        Step(time: 13, survival: 0.6902), Step(time: 16, survival: 0.6275), Step(time: 22, survival: 0.5378),
        Step(time: 23, survival: 0.4482),
    ]
    static let placebo = KaplanMeier(
        observed: [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], censored: [])
    static let placeboSteps = [
        Step(time: 1, survival: 0.9048), Step(time: 2, survival: 0.8095), Step(time: 3, survival: 0.7619),
        Step(time: 4, survival: 0.6667), Step(time: 5, survival: 0.5714), Step(time: 8, survival: 0.3810),
        Step(time: 11, survival: 0.2857), Step(time: 12, survival: 0.1905), Step(time: 15, survival: 0.1429),
        Step(time: 17, survival: 0.0952), Step(time: 22, survival: 0.0476), Step(time: 23, survival: 0),
    ]

    @Test(arguments: [(treated, treatedSteps), (placebo, placeboSteps)])
    func `every published step of the leukaemia trial is found again`(estimate: KaplanMeier, steps: [Step]) {
        let halfDigit = 0.000_06
        for (index, step) in steps.enumerated() {
            let next = index + 1 < steps.count ? steps[index + 1].time : nil
            // The estimate falls to the published survival at this time, and not further before the next.
            #expect(estimate.seconds(until: 1 - (step.survival + halfDigit)) == step.time)
            if step.survival > 0 {
                #expect(estimate.seconds(until: 1 - (step.survival - halfDigit)) == next)
            }
        }
    }

    @Test func `the published medians of the leukaemia trial are found again`() {
        #expect(Self.treated.seconds(until: 0.5) == 23)
        #expect(Self.placebo.seconds(until: 0.5) == 8)
    }

    // MARK: Process limits

    /// A published chart of individual values; its values and limits as whole steps of the last digit given.
    struct Chart: Sendable {
        let values: [Int]
        let centre: Double
        let lower: Double
        let upper: Double
    }

    /// The flow rates of ten batches, tenths: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.
    static let batches = Chart(
        values: [496, 476, 499, 513, 478, 512, 526, 524, 536, 521], centre: 508.1, lower: 458.159, upper: 558.041)
    /// Diameters of the steel belts of thirty tires, hundredths: SAS/QC User's Guide, MACONTROL procedure, example 9.4.
    static let tires = Chart(
        values: [
            2405, 2399, 2395, 2393, 2397, 2402, 2406, 2410, 2398, 2403, 2391, 2406, 2406, 2396, 2398,
            2406, 2401, 2400, 2393, 2392, 2409, 2411, 2405, 2398, 2398, 2406, 2402, 2406, 2397, 2396,
        ], centre: 2400.83, lower: 2385.71, upper: 2415.96)

    @Test(arguments: [batches, tires])
    func `limits of published charts of individual values are found again`(chart: Chart) throws {
        let limits = try #require(ProcessLimits(chart.values))
        let halfDigit = 0.005
        #expect(try abs(number(limits.centre) - chart.centre) <= halfDigit)
        // They take 3 / d₂ = 2.6587 to 2.6596 where kpis.md §2 says 2.66: up to 0.05 % of the distance.
        let rounding = (chart.upper - chart.centre) * 0.000_5 + halfDigit
        #expect(try abs(number(limits.upper) - chart.upper) <= rounding)
        #expect(try abs(number(limits.lower) - chart.lower) <= rounding)
        #expect(limits.signals.allSatisfy { $0.rule != .beyondLimit })
    }

    private func number(_ document: Document) throws -> Double {
        try #require(Double(document.json().filter { !$0.isWhitespace }))
    }
}
