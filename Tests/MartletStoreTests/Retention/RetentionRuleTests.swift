import MartletCore
import Testing

@testable import MartletStore

@Suite("Retention: rule")
struct RetentionRuleTests {
    private static let day: Int64 = 86_400_000

    /// Generations 9, 7, 4, 2 and 1, published on days 90, 70, 40, 20 and 10.
    private static let scans = [9, 7, 4, 2, 1].map { (generation: Int64) in
        PublishedScan(
            id: "s\(generation)", generation: generation,
            publishedAt: Timestamp(milliseconds: generation * 10 * day))
    }

    @Test(
        "what is kept",
        arguments: [
            (nil, nil, nil), (1, nil, 9), (2, nil, 7), (5, nil, 1), (100, nil, 1), (nil, 1, 9), (nil, 20, 7),
            (nil, 19, 9),
            (nil, 1_000, 1), (1, 50, 4), (4, 50, 2), (2, 1, 7), (0, 0, 9),
        ] as [(Int64?, Int64?, Int64?)])
    func kept(scans: Int64?, days: Int64?, horizon: Int64?) {
        let rule = RetentionRule(keepScans: scans, keepDays: days)
        let now = Timestamp(milliseconds: 90 * Self.day)
        #expect(rule.horizon(of: Self.scans, at: now) == horizon)
        #expect(rule.horizon(of: [PublishedScan](), at: now) == nil)
    }

    @Test("numbers and clocks out of all reason do not stop the process")
    func extremes() {
        for days in [Int64.max, .min, 0, 1] {
            for now in [Int64.max, .min, 0] {
                let rule = RetentionRule(keepScans: .max, keepDays: days)
                #expect(rule.horizon(of: Self.scans, at: Timestamp(milliseconds: now)) == 1)
                let byAge = RetentionRule(keepDays: days)
                #expect(byAge.horizon(of: Self.scans, at: Timestamp(milliseconds: now)) != nil)
            }
        }
    }

    @Test("the newest scan stays whatever its age")
    func newest() {
        let rule = RetentionRule(keepDays: 1)
        #expect(rule.horizon(of: Self.scans, at: Timestamp(milliseconds: 10_000 * Self.day)) == 9)
    }
}
