import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// Walks over all small sets of positions, in all small portions, against a plain sort.
@Suite("The walk along the index of findings")
struct FindingWalkTests {
    private static let hashes = [ContentHash.first, ContentHash(high: 0, low: 5), .last]

    /// Every place there is in this scope.
    private static let places: [FindingPosition] = [Status.fail, .pass].flatMap { status in
        [Severity.critical, .low].flatMap { severity in
            [1, 2, 3].flatMap { account in
                hashes.map {
                    FindingPosition(status: status, severity: severity, account: account, fingerprint: $0)
                }
            }
        }
    }

    /// Reads as the database would.
    private static func read(_ interval: FindingInterval, _ rows: [FindingPosition], _ count: Int) -> [FindingPosition]
    {
        Array(
            rows.filter { row in
                row.status == interval.status && row.severity == interval.severity
                    && (interval.account.map { $0 == row.account } ?? true)
                    && (row.account, row.fingerprint) >= (interval.firstAccount, interval.first)
                    && (interval.account == nil || row.fingerprint <= interval.last)
            }.sorted().prefix(count))
    }

    private static func walk(
        _ rows: [FindingPosition], _ walk: FindingWalk, portion: Int, wanted: Set<Int64>
    ) -> [FindingPosition] {
        var walk = walk
        var found: [FindingPosition] = []
        var steps = 0
        while let interval = walk.next, steps < 1_000 {
            let keys = read(interval, rows, portion)
            found += keys.filter { wanted.contains($0.account) }
            walk.advance(
                last: keys.last, isFull: keys.count == portion,
                skipsAccount: keys.last.map { !wanted.contains($0.account) } ?? false)
            steps += 1
        }
        return found
    }

    @Test("gives every place after the cursor once, in order", arguments: [1, 2, 3, 7])
    func complete(portion: Int) {
        for seed in 0..<40 as Range<UInt64> {
            var generator = SplitMix(seed: seed)
            let rows = Self.places.filter { _ in generator.chance(60) }
            for start in [nil] + Self.places.map(Optional.some) {
                let after = rows.filter { row in start.map { row > $0 } ?? true }.sorted()
                let all = FindingWalk(statuses: [], severities: [], ranges: nil, after: start)
                #expect(Self.walk(rows, all, portion: portion, wanted: [1, 2, 3]) == after)
                #expect(Self.walk(rows, all, portion: portion, wanted: [1, 3]) == after.filter { $0.account != 2 })
                let ranges: [Int64: [FindingWalk.Range]] = [
                    3: [.first ... .last], 1: [.first ... .first, Self.hashes[1]...Self.hashes[1]],
                ]
                let some = FindingWalk(statuses: [.pass], severities: [.low, .critical], ranges: ranges, after: start)
                let expected = after.filter {
                    $0.status == .pass && ($0.account == 3 || $0.account == 1 && $0.fingerprint < .last)
                }
                #expect(Self.walk(rows, some, portion: portion, wanted: [1, 3]) == expected)
            }
        }
    }
}
