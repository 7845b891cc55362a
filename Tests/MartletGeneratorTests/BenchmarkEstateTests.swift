import MartletCore
import Testing

@testable import MartletGenerator

@Suite("Generator: the benchmark estate")
struct BenchmarkEstateTests {
    /// Few checks, so that unoptimised builds spend their time on findings.
    private let few = BenchmarkEstate.syntheticCatalog(checks: 150)

    private func bytes(_ estate: BenchmarkEstate, chunk: Int = 1 << 20) -> [UInt8] {
        var all: [UInt8] = []
        estate.write(chunkBytes: chunk) { all.append(contentsOf: $0) }
        return all
    }

    private func fnv(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    @Test("The bytes are the same on every machine")
    func pinned() throws {
        let first = bytes(try BenchmarkEstate(findings: 30, regions: 40, seed: 7))
        #expect(fnv(first) == 6_104_587_412_861_758_867)
        let later = bytes(
            try BenchmarkEstate(findings: 30, regions: 40, seed: 7, scan: 3, flip: 0.2, detailChange: 0.5))
        #expect(fnv(later) == 13_809_550_064_701_905_687)
    }

    @Test("Chunks end at line ends and do not change the bytes")
    func chunks() throws {
        let estate = try BenchmarkEstate(findings: 120, catalog: few)
        var sizes: [Int] = []
        var pieces: [UInt8] = []
        let totals = estate.write(chunkBytes: 0) { chunk in
            sizes.append(chunk.count)
            #expect(chunk.last == UInt8(ascii: "\n"))
            pieces.append(contentsOf: chunk)
        }
        #expect(sizes.count > 10)
        #expect(sizes.allSatisfy { $0 < 16_384 })
        // Compared outside of the macro, which would look for the differences for hours.
        let same = pieces == bytes(estate)
        #expect(same)
        #expect(totals.bytes == pieces.count)
        #expect(totals.findings == 120)
    }

    @Test("What the closure throws ends the run")
    func stops() throws {
        struct Enough: Error {}
        let estate = try BenchmarkEstate(findings: 1_000, catalog: few)
        var calls = 0
        #expect(throws: Enough.self) {
            try estate.write(chunkBytes: 4_096) { _ in
                calls += 1
                throw Enough()
            }
        }
        #expect(calls == 1)
    }

    @Test("Findings have the shape asked for")
    func shape() throws {
        let estate = try BenchmarkEstate(findings: 1_000, regions: 7, tagsPerResource: 5, catalog: few)
        var data: [UInt8] = []
        let totals = estate.write { data.append(contentsOf: $0) }
        let rows = try GeneratedJSON.lines(data)
        #expect(rows.count == 1_000)
        #expect(Set(rows.map { GeneratedJSON.text($0, "finding_info.uid") }).count == 1_000)
        #expect(Set(rows.map { GeneratedJSON.text($0, "resources.0.uid") }).count == 500)
        #expect(Set(rows.map { GeneratedJSON.text($0, "resources.0.region") }).count == 7)
        #expect(Set(rows.map { GeneratedJSON.text($0, "metadata.event_code") }).count == 150)
        let order = rows.map { GeneratedJSON.text($0, "metadata.event_code") }
        #expect(order == order.sorted())
        #expect(rows.filter { GeneratedJSON.text($0, "status_code") == "FAIL" }.count == totals.fails)
        #expect(rows.filter { GeneratedJSON.text($0, "status") == "Suppressed" }.count == totals.muted)
        #expect((350...450).contains(totals.fails))
        #expect((1...30).contains(totals.muted))
        #expect((3_500...4_200).contains(data.count / 1_000))
        for row in rows {
            let labels = GeneratedJSON.value(row, "resources.0.labels") as? [String] ?? []
            if labels.count != 5 || labels.first != "Name:" + GeneratedJSON.text(row, "resources.0.name") {
                Issue.record("wrong labels \(labels)")
            }
        }
    }

    @Test("A later scan differs in the shares asked for, and in nothing else")
    func laterScan() throws {
        let first = try BenchmarkEstate(findings: 1_500, flip: 0.1, detailChange: 0.25, catalog: few)
        let second = try BenchmarkEstate(findings: 1_500, scan: 2, flip: 0.1, detailChange: 0.25, catalog: few)
        let before = try GeneratedJSON.lines(bytes(first))
        let after = try GeneratedJSON.lines(bytes(second))
        var flipped = 0
        var detailed = 0
        for (old, new) in zip(before, after) {
            for path in ["finding_info.uid", "status", "resources.0.uid"]
            where GeneratedJSON.text(old, path) != GeneratedJSON.text(new, path) {
                Issue.record("\(path) differs")
            }
            if GeneratedJSON.text(old, "status_code") != GeneratedJSON.text(new, "status_code") { flipped += 1 }
            if GeneratedJSON.text(old, "status_detail").contains("30 days")
                != GeneratedJSON.text(new, "status_detail").contains("30 days")
            {
                detailed += 1
            }
        }
        #expect((110...190).contains(flipped))
        #expect((320...430).contains(detailed))
    }

    @Test("Without changes a later scan says the same of every finding")
    func unchanged() throws {
        let before = try GeneratedJSON.lines(bytes(BenchmarkEstate(findings: 500, flip: 0, catalog: few)))
        let after = try GeneratedJSON.lines(bytes(BenchmarkEstate(findings: 500, scan: 9, flip: 0, catalog: few)))
        #expect(
            before.map { GeneratedJSON.text($0, "status_code") } == after.map { GeneratedJSON.text($0, "status_code") })
        #expect(before.map { GeneratedJSON.text($0, "message") } == after.map { GeneratedJSON.text($0, "message") })
        #expect(before.first.map { GeneratedJSON.text($0, "time_dt") } == "2026-11-01T06:00:00")
        #expect(after.first.map { GeneratedJSON.text($0, "time_dt") } == "2026-11-09T06:00:00")
    }

    @Test("The caller's checks are used")
    func catalog() throws {
        let estate = try BenchmarkEstate(findings: 40, catalog: ["s3_b", "s3_a", "ec2_z"])
        let rows = try GeneratedJSON.lines(bytes(estate))
        #expect(Set(rows.map { GeneratedJSON.text($0, "metadata.event_code") }) == ["s3_a", "s3_b", "ec2_z"])
    }

    @Test("An empty estate writes nothing")
    func empty() throws {
        #expect(bytes(try BenchmarkEstate(findings: 0)).isEmpty)
    }

    @Test("Values out of range are refused")
    func refused() {
        let attempts: [() throws -> BenchmarkEstate] = [
            { try BenchmarkEstate(findings: -1) }, { try BenchmarkEstate(findings: .max) },
            { try BenchmarkEstate(findings: 10, resources: 11) }, { try BenchmarkEstate(findings: 10, resources: 0) },
            { try BenchmarkEstate(findings: 10, regions: 0) },
            { try BenchmarkEstate(findings: 10, tagsPerResource: 51) },
            { try BenchmarkEstate(findings: 10, scan: 0) }, { try BenchmarkEstate(findings: 10, flip: 1.5) },
            { try BenchmarkEstate(findings: 10, flip: .nan) }, { try BenchmarkEstate(findings: 10, detailChange: -1) },
            { try BenchmarkEstate(findings: 10, account: "12345678901x") },
            { try BenchmarkEstate(findings: 10, catalog: []) },
        ]
        for (number, attempt) in attempts.enumerated() {
            let error = #expect(throws: MartletError.self, "attempt \(number)") { try attempt() }
            #expect(error?.code == .usage)
        }
    }
}
