import CountersignCore
import Testing

@testable import countersign_generate

@Suite struct NumbersTests {
    @Test func `the random numbers are those of the published algorithm`() {
        // The first outputs of splitmix64.c (Vigna) for the seed 1234567.
        var random = SplitMix64(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
    }

    @Test(arguments: [(total: 0, shares: 5), (total: 3, shares: 10), (total: 1000, shares: 7), (total: 9, shares: 1)])
    func `shares add up to the total`(total: Int, shares: Int) {
        var random = SplitMix64(seed: 3)
        var apportionment = Apportionment(total: total, shares: shares)
        let dealt = (0..<shares).map { _ in apportionment.next(using: &random) }
        #expect(dealt.reduce(0, +) == total)
        #expect(dealt.allSatisfy { $0 >= 0 })
    }

    @Test func `conversations begin in order, most of them on weekdays by day`() throws {
        // Monday 2026-10-26 to Monday 2026-11-02, on a clock four hours behind UTC.
        let end = try #require(Instant(iso8601: "2026-11-02T04:00:00Z"))
        let hours = OfficeHours(end: end, days: 7)
        let moments = (0..<1000).map { hours.seconds(atShare: Double($0) / 1000) }
        #expect(moments == moments.sorted())
        #expect(moments.first == 1_792_987_200)  // 2026-10-26T04:00:00Z
        // A day weighs 142, its hours from 8 to 18 weigh 112; five weekdays and two days at 0.35 weigh 809.4.
        // 5 × 112 / 809.4 = 69.2 % begin on weekdays from 8 to 18.
        let busy = moments.filter { moment in
            let hour = (moment - 1_792_987_200) / 3600
            return hour < 5 * 24 && (8..<18).contains(hour % 24)
        }
        #expect((690...694).contains(busy.count))
    }
}
