import MartletCore
import MartletFormats
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Recognising a repeated statement is the same as reading it again.
@Suite("The road: statements that are recognised")
struct RecognitionTests {
    private static func time(_ scan: Int) -> Int64 { 1_700_000_000_000 + Int64(scan) * 86_400_000 }

    /// Scans of which each repeats most of the one before word for word.
    private static func scans(seed: UInt64, share: Int) -> [[Statement]] {
        var generator = SplitMix(seed: seed)
        // Most statements agree about their resource and check, else hardly any could be recognised.
        let random = RandomEstate(seed: seed, scans: 5).scans.map { statements in
            statements.map { statement in
                guard generator.chance(92) else { return statement }
                var calm = statement
                (calm.type, calm.tags, calm.title) = ("T", [Tag(key: "a", value: "1")], "t")
                return calm
            }
        }
        var scans = [random[0]]
        for fresh in random.dropFirst() {
            let kept = (scans.last ?? []).filter { _ in generator.chance(share) }
            let new = fresh.filter { _ in generator.chance(100 - share) }
            let scan = kept + new
            scans.append(scan.isEmpty ? fresh : scan)
        }
        return scans
    }

    private static func file(_ statements: [Statement], at time: Int64, scan: String) throws -> [UInt8] {
        var writer = OCSFWriter()
        for statement in statements {
            var observation = statement.observation(at: time, account: try Statement.account)
            // What the source says of the first time is part of the statement.
            observation.firstSeenAt = Timestamp(milliseconds: 1_000)
            try writer.write(
                OCSFFinding(observation: observation, scanner: "prowler", fingerprint: "f", scan: scan))
        }
        writer.finish()
        return writer.takeBytes()
    }

    private static func run(
        _ test: TestStore, _ statements: [Statement], scan: Int, batch: Int, recognises: Bool
    ) async throws -> (counts: ScanCounts, recognised: Int) {
        let bytes = try file(statements, at: time(scan), scan: "scan-\(scan)")
        var reading = ReadingOptions()
        reading.batchSize = batch
        let source = CountingSource(try ScanFileReader(bytes: bytes, options: reading))
        var options = ImportOptions()
        options.recognisesStatements = recognises
        let report = try #require(try await test.run(source, options).first)
        return (report.scan.counts, source.recognised)
    }

    @Test("the same versions and counts, recognised or read", arguments: Array(1...12) as [UInt64], [60, 90])
    func sameAsReading(seed: UInt64, share: Int) async throws {
        let scans = Self.scans(seed: seed, share: share)
        let recognised = Recorded<Int>()
        // The road is the same on both databases; a few of the estates show it.
        let place: StorePlace = seed <= 2 ? .postgresql : .sqlite
        for telling in Telling.allCases {
            try await TestStore.with(place) { read in
                try await TestStore.with(place) { recognising in
                    try await EstateFrameworks.add(to: read)
                    try await EstateFrameworks.add(to: recognising)
                    var total = 0
                    for (scan, statements) in scans.enumerated() {
                        let (told, batch) = telling.tell(statements, seed: seed &+ UInt64(scan))
                        let expected = try await Self.run(read, told, scan: scan, batch: batch, recognises: false)
                        let found = try await Self.run(recognising, told, scan: scan, batch: batch, recognises: true)
                        let context = "\(telling), seed \(seed), share \(share), scan \(scan)"
                        #expect(found.counts == expected.counts, "\(context)")
                        #expect(expected.recognised == 0)
                        PostureDump.expectEqual(
                            try await PostureDump.rows(recognising.store), try await PostureDump.rows(read.store),
                            context)
                        total += found.recognised
                    }
                    recognised.set((recognised.value ?? 0) + total)
                }
            }
        }
        #expect((recognised.value ?? 0) > 0, "nothing was recognised: seed \(seed), share \(share)")
    }

    @Test("an unchanged file is recognised from the second batch on, whatever its run and its time")
    func unchangedFile() async throws {
        try await TestStore.with { test in
            let statements = (0..<50).map { Statement(uid: "u\($0)") }
            _ = try await Self.run(test, statements, scan: 0, batch: 10, recognises: true)
            let second = try await Self.run(test, statements, scan: 1, batch: 10, recognises: true)
            #expect(second.counts.unchanged == 50)
            // The batches that were read before the account was known, and those read ahead of them, are read.
            #expect(second.recognised >= 20)
        }
    }

    @Test("a word that differs is read")
    func oneWord() async throws {
        try await TestStore.with { test in
            var statements = (0..<50).map { Statement(uid: "u\($0)") }
            _ = try await Self.run(test, statements, scan: 0, batch: 5, recognises: true)
            statements[49].detail = "e"
            statements[48].tags = [Tag(key: "k", value: "v")]
            let second = try await Self.run(test, statements, scan: 1, batch: 5, recognises: true)
            #expect(second.counts.updated == 1)
            #expect(second.counts.unchanged == 49)
            var tags: [Tag] = []
            try await test.store.read { reader in
                var found: [Tag] = []
                var filter = ResourceFilter()
                filter.resources = ["u48"]
                try reader.resources(filter) { found += $0.resource.tags }
                return found
            }.forEach { tags.append($0) }
            #expect(tags == [Tag(key: "k", value: "v")])
        }
    }
}
