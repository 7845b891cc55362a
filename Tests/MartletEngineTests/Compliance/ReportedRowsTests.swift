import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// The number of compliance rows that a scan reports is the number that is there after its commit.
@Suite("Compliance: reported rows")
struct ReportedRowsTests {
    private static func statements(_ findings: Int, regions: Int, _ status: Int) -> [Statement] {
        (0..<findings).map { number in
            Statement(
                check: "c\(number % 5)", regions: ["r\(number % regions)"], uid: "u\(number)",
                status: number % status == 0 ? .fail : .pass)
        }
    }

    @Test("equal a recount, scan after scan", arguments: [1, 15], [1, 20])
    func recount(regions: Int, frameworks: Int) async throws {
        try await TestStore.with { test in
            try await test.administration.addFrameworks(
                (0..<frameworks).map { ("house\($0)_aws.json", Array(EstateFrameworks.house.utf8)) })
            let scans = [(90, 2), (90, 2), (90, 3), (300, 4), (30, 2)]
            for (number, scan) in scans.enumerated() {
                let said = Self.statements(scan.0, regions: regions, scan.1)
                let reported = try await test.run(said, at: Int64(number), scope: .full).scan.complianceRows
                // Five requirements, and every region that was ever covered.
                #expect(reported == Int64(5 * regions * frameworks))
                let stored = try await test.store.database.read { try StoredCompliance.count($0) }
                #expect(Int64(stored) == reported)
            }
        }
    }
}
