import CountersignCore
import Testing

@Suite struct StatisticsTests {
    @Test func `durations as long as a hostile log can make them still have an average`() {
        let attempts = (0..<200).map { index in
            SyncHealth.Attempt(
                at: Instant(seconds: Int64(index)), number: 1, outcome: .failure,
                durationHundredths: 100_000_000_000_000_000, error: "jane@mail.example is full")
        }
        let document = SyncHealth(attempts, alertOver: 0.05, slowMilliseconds: 1000).document
        #expect(document["duration_ms.average"] == .decimal(100_000_000_000_000_000, digits: 2))
        #expect(document["errors.0.code"] == .string("(free text)"))
    }

    // MARK: Ratio

    @Test(arguments: [
        (1, 3, "0.3333"), (2, 3, "0.6667"), (1, 8, "0.125"), (0, 7, "0.0"), (7, 7, "1.0"),
        // Halves go away from zero: 0.00005, 0.00015, 0.99995.
        (1, 20_000, "0.0001"), (3, 20_000, "0.0002"), (19_999, 20_000, "1.0"),
        (-1, 20_000, "-0.0001"), (-3, 20_000, "-0.0002"), (-1, 3, "-0.3333"), (-2, 3, "-0.6667"),
        // A hair below a half goes towards zero: 0.00004999….
        (49_999, 1_000_000_000, "0.0"), (-49_999, 1_000_000_000, "0.0"),
    ])
    func `a share is rounded to four decimals, half away from zero`(part: Int, whole: Int, text: String) {
        #expect(Ratio(part, of: whole).document.json() == text + "\n")
    }

    @Test func `a share of nothing is unknown`() {
        #expect(Ratio(0, of: 0).document == .null)
        #expect(Ratio(0, of: 0).value == nil)
        #expect(Ratio(0, of: 0).interval == nil)
        #expect(Ratio(0, of: 0).intervalDocument == .null)
    }

    @Test(arguments: [
        // 9 of 12: (0.75 + 0.160061 ∓ 1.959964 · √(0.015625 + 0.006669)) / 1.320122
        (9, 12, 4677, 9111),
        // 0 of 10: the upper end is (z²/n) / (1 + z²/n) = 0.384146 / 1.384146; 10 of 10 mirrors it.
        (0, 10, 0, 2775), (10, 10, 7225, 10_000),
        // Newcombe 1998, table I: 81 of 263 and 15 of 148; 1 of 29.
        (81, 263, 2553, 3662), (15, 148, 624, 1605), (1, 29, 61, 1718),
        // kpis.md §6
        (8, 11, 4344, 9025), (9, 11, 5230, 9486),
    ])
    func `the interval is Wilson's`(part: Int, whole: Int, lower: Int, upper: Int) {
        #expect(
            Ratio(part, of: whole).intervalDocument
                == .array([.decimal(lower, digits: 4), .decimal(upper, digits: 4)]))
    }

    @Test(arguments: [(0.12345, "0.1235"), (-0.12345, "-0.1235"), (0.99995, "1.0"), (0.000049, "0.0"), (2.5, "2.5")])
    func `means are rounded half away from zero, whatever binary makes of the half`(value: Double, text: String) {
        #expect(Document.rounded(value).json() == text + "\n")
    }

    // MARK: Kaplan–Meier

    @Test func `the estimate of the published leukaemia trial is found again`() {
        // Freireich et al. 1963, 6-mercaptopurine group, weeks to relapse (+ = censored): 6 6 6 6+ 7 9+ 10 10+ 11+ 13
        // 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+. Published survival: 0.857 after 6, 0.807 after 7, 0.753 after 10,
        // 0.690 after 13, 0.627 after 16, 0.538 after 22, 0.448 after 23; median 23 weeks.
        let estimate = KaplanMeier(
            observed: [10, 6, 6, 7, 6, 13, 23, 16, 22], censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
        #expect(estimate.seconds(until: 0.14) == 6)
        #expect(estimate.seconds(until: 0.15) == 7)
        #expect(estimate.seconds(until: 0.20) == 10)
        #expect(estimate.seconds(until: 0.25) == 13)
        #expect(estimate.seconds(until: 0.35) == 16)
        #expect(estimate.seconds(until: 0.40) == 22)
        #expect(estimate.seconds(until: 0.50) == 23)
        #expect(estimate.seconds(until: 0.55) == 23)
        #expect(estimate.seconds(until: 0.56) == nil)
    }

    @Test func `a survival of exactly a half or a tenth is reached`() {
        #expect(KaplanMeier(observed: [1, 2], censored: [5, 5]).seconds(until: 0.5) == 2)
        #expect(KaplanMeier(observed: Array(1...10), censored: []).seconds(until: 0.9) == 9)
        #expect(KaplanMeier(observed: Array(1...9), censored: [99]).seconds(until: 0.9) == 9)
        #expect(KaplanMeier(observed: Array(1...8), censored: [99, 99]).seconds(until: 0.9) == nil)
        #expect(KaplanMeier(observed: [], censored: [1]).seconds(until: 0.5) == nil)
    }

    // MARK: Process limits

    @Test func `limits are the mean and 2.66 mean moving ranges`() throws {
        // Mean 16/4 = 4; ranges 2, 2, 2; 2.66 · 2 = 5.32; the lower limit is not below 0.
        let limits = try #require(ProcessLimits([2, 4, 6, 4]))
        #expect(limits.centre == .decimal(40_000, digits: 4))
        #expect(limits.upper == .decimal(93_200, digits: 4))
        #expect(limits.lower == .decimal(0, digits: 4))
        #expect(limits.signals.isEmpty)
        // Mean 61/3 = 20.3333; ranges 1, 1; 2.66.
        let high = try #require(ProcessLimits([20, 21, 20]))
        #expect(high.centre == .decimal(203_333, digits: 4))
        #expect(high.upper == .decimal(229_933, digits: 4))
        #expect(high.lower == .decimal(176_733, digits: 4))
        #expect(ProcessLimits([3]) == nil)
    }

    @Test func `a value beyond a limit and a run of eight are signals, the ninth day of the run too`() throws {
        // Mean 10/10 = 1; one range of 10 among nine, mean 1.1111; upper 1 + 2.66 · 1.1111 = 3.9556.
        let limits = try #require(ProcessLimits([0, 0, 0, 0, 0, 0, 0, 0, 0, 10]))
        #expect(limits.upper == .decimal(39_556, digits: 4))
        #expect(limits.signals.map(\.index) == [7, 8, 9])
        #expect(limits.signals.map(\.rule) == [.runOfEight, .runOfEight, .beyondLimit])
    }

    @Test func `a day on the centre breaks a run`() throws {
        // Sum 7 + 2 + 7 + 16 = 32 over 16 days: centre 2. Ranges 1 + 1 + 15 = 17 over 15: upper 2 + 3.0147.
        let days = Array(repeating: 1, count: 7) + [2] + Array(repeating: 1, count: 7) + [16]
        let signals = try #require(ProcessLimits(days)).signals
        #expect(signals.map(\.index) == [15])
        #expect(signals.map(\.rule) == [.beyondLimit])
    }

    @Test func `a change of sides begins a new run`() throws {
        func runs(_ days: [Int]) throws -> [Int] {
            try #require(ProcessLimits(days)).signals.filter { $0.rule == .runOfEight }.map(\.index)
        }
        // Centre 1: seven days below, then seven above.
        #expect(try runs(Array(repeating: 0, count: 7) + Array(repeating: 2, count: 7)).isEmpty)
        // With eight on each side the eighth of each is a signal.
        #expect(try runs(Array(repeating: 0, count: 8) + Array(repeating: 2, count: 8)) == [7, 15])
    }

    @Test func `a value exactly on a limit is not beyond it, one below the lower is`() throws {
        // Two days, 0 and 0: limits 0…0, nothing is beyond.
        #expect(try #require(ProcessLimits([0, 0])).signals.isEmpty)
        // 5, 5, 5, 5, 5, 5, 5, 4: centre 4.875, one range of 1 among seven: spread 0.38; lower 4.495. The last is
        // below; the seven before are above.
        let limits = try #require(ProcessLimits([5, 5, 5, 5, 5, 5, 5, 4]))
        #expect(limits.lower == .decimal(44_950, digits: 4))
        #expect(limits.signals.map(\.index) == [7])
    }
}
