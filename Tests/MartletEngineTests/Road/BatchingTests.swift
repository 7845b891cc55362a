import MartletCore
import MartletReference
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

/// Results do not depend on batch size, order or repetition.
@Suite("The road: batches, order and repetition")
struct BatchingTests {
    static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6]

    private static func time(_ scan: Int) -> Int64 { 1_700_000_000_000 + Int64(scan) * 86_400_000 }

    @Test("every way of telling gives the same versions", arguments: seeds)
    func equalPosture(seed: UInt64) async throws {
        let estate = RandomEstate(seed: seed, scans: 4)
        var expected: [[String: [String]]] = []
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            for (scan, statements) in estate.scans.enumerated() {
                try await test.run(statements, at: Self.time(scan))
                expected.append(try await PostureDump.rows(test.store))
            }
        }
        #expect(expected.last?.values.allSatisfy { !$0.isEmpty } != nil)
        for telling in Telling.allCases {
            try await TestStore.with { test in
                try await EstateFrameworks.add(to: test)
                for (scan, statements) in estate.scans.enumerated() {
                    let (told, batch) = telling.tell(statements, seed: seed &+ UInt64(scan))
                    try await test.run(told, at: Self.time(scan), batch: batch)
                    PostureDump.expectEqual(
                        try await PostureDump.rows(test.store), expected[scan], "\(telling), seed \(seed), scan \(scan)"
                    )
                }
            }
        }
    }

    @Test("the same again writes no version rows", arguments: [1, 8] as [UInt64], [1, 1_000])
    func again(seed: UInt64, batch: Int) async throws {
        let estate = RandomEstate(seed: seed, scans: 2)
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            for (scan, statements) in estate.scans.enumerated() {
                try await test.run(statements, at: Self.time(scan))
                let before = try await PostureDump.rows(test.store)
                let report = try await test.run(statements.reversed(), at: Self.time(scan), batch: batch)
                let after = try await PostureDump.rows(test.store)
                PostureDump.expectEqual(after, before, "seed \(seed), scan \(scan)")
                let counts = report.scan.counts
                #expect(counts.new + counts.changed + counts.updated + counts.returned + counts.gone == 0)
                #expect(counts.unchanged == Int64(Set(statements.map(Reference.Key.init)).count))
            }
        }
    }

    @Test("what a source gives as it comes is joined until a batch is full: by findings, by bytes, at the end")
    func joined() async throws {
        let statements = (0..<3_500).map { Statement(check: "c\($0 / 50)", uid: "u\($0)", status: .fail) }
        for (portionBytes, sizes) in [(1, [3_000, 500]), (9 << 20, [100] + Array(repeating: 100, count: 17))] {
            try await TestStore.with { test in
                let account = try Statement.account
                let portions = stride(from: 0, to: statements.count, by: 50).map { start in
                    var portion = ObservationBatch()
                    portion.findings = statements[start..<start + 50].map { $0.observation(at: 1, account: account) }
                    portion.joinableBytes = portionBytes
                    return portion
                }
                let batches = portionBytes == 1 ? portions : Array(portions.prefix(2 * sizes.count))
                let written = Mutex<[Int]>([])
                _ = try await Importer(store: test.store).run(
                    source: MemorySource(batches), origin: "test", options: ImportOptions()
                ) { progress in
                    if !progress.publishing { written.withLock { $0.append(progress.findings - $0.reduce(0, +)) } }
                }
                #expect(written.withLock { $0 } == sizes)
            }
        }
    }

    /// Times, too: when several statements of one scan give different ones.
    @Test("times do not depend on the order either", arguments: [[0, 1], [1, 0]], [1, 2])
    func times(order: [Int], batch: Int) async throws {
        try await TestStore.with { test in
            let account = try Statement.account
            try await test.run([Statement(status: .pass)], at: 500)
            var late = Statement(status: .fail).observation(at: 2_000, account: account)
            var early = Statement(status: .fail).observation(at: 1_000, account: account)
            late.resource.uid = "u0"
            early.resource.uid = "u0"
            let observations = [early, late]
            let batches = stride(from: 0, to: 2, by: batch).map { start in
                var portion = ObservationBatch()
                portion.findings = order[start..<min(2, start + batch)].map { observations[$0] }
                return portion
            }
            try await test.run(MemorySource(batches))
            let rows = try await test.store.read { reader in
                var rows: [FindingRow] = []
                try reader.findings(FindingFilter()) { rows.append($0) }
                return rows
            }
            #expect(rows.map(\.failingSince) == [Timestamp(milliseconds: 1_000)])
            #expect(rows.map(\.firstSeenAt) == [Timestamp(milliseconds: 500)])
        }
    }
}
