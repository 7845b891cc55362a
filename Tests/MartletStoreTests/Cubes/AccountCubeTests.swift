import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// Counts without regions, or without checks, against the same sums made the slow way.
@Suite("Counts of a posture")
struct AccountCubeTests {
    @Test("are the same, whatever they are told apart by", arguments: 1...20 as ClosedRange<UInt64>)
    func sums(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let cells = Self.cells(&generator)
        var cube = AccountCube(
            account: AccountKey(provider: try #require(Provider(name: "aws")), uid: "1"), number: 1,
            observedAt: Timestamp(milliseconds: 0))
        cube.take(cells)
        #expect(cube.cells == cells.sorted { $0.check < $1.check })
        compare(cube.cellsOfChecks, cells) { $0.regions = 0 }
        compare(cube.cellsOfRegions, cells) { $0.check = 0 }
        #expect(cube.cellsOfChecks.map(\.check) == cube.cellsOfChecks.map(\.check).sorted())
    }

    private func compare(
        _ sums: [AccountCube.Cell], _ cells: [AccountCube.Cell], _ blur: (inout AccountCube.Cell) -> Void
    ) {
        var left = cells
        for index in left.indices { blur(&left[index]) }
        for sum in sums {
            let own = left.filter { Self.areAlike($0, sum) }
            #expect(sum.count == own.reduce(0) { $0 + $1.count })
            #expect(sum.firstSeenAt == own.map(\.firstSeenAt).min())
            #expect(sum.failingSince == own.compactMap(\.failingSince).min())
            left.removeAll { Self.areAlike($0, sum) }
        }
        #expect(left.isEmpty)
    }

    private static func areAlike(_ left: AccountCube.Cell, _ right: AccountCube.Cell) -> Bool {
        left.check == right.check && left.regions == right.regions && left.status == right.status
            && left.severity == right.severity && left.isMuted == right.isMuted && left.delta == right.delta
    }

    private static func cells(_ generator: inout SplitMix) -> [AccountCube.Cell] {
        (0..<60).map { _ in
            AccountCube.Cell(
                check: generator.pick([1, 2, 3]), regions: generator.pick([7, 8]),
                status: generator.pick([.fail, .pass]), severity: generator.pick([.low, .high]),
                isMuted: generator.chance(30), delta: generator.pick([nil, .new, .changed]),
                count: generator.pick([1, 5, 1_000]),
                firstSeenAt: Timestamp(milliseconds: Int64.random(in: 0..<100, using: &generator)),
                failingSince: generator.chance(50)
                    ? Timestamp(milliseconds: Int64.random(in: 0..<100, using: &generator)) : nil)
        }
    }
}
