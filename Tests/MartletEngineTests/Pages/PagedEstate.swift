import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// Three accounts with random findings, mutes and two scanners, and filters of every kind.
struct PagedEstate {
    static let day: Int64 = 86_400_000

    static func account(_ number: Int) throws -> AccountKey {
        AccountKey(provider: try #require(Provider(name: "aws")), uid: "acc\(number)")
    }

    /// Imports three scans of each account; the third account has a second scanner.
    static func fill(_ test: TestStore, seed: UInt64) async throws {
        for account in 0..<3 {
            let estate = RandomEstate(seed: seed * 10 + UInt64(account), scans: 3)
            for (scan, statements) in estate.scans.enumerated() {
                try await run(statements, account, Int64(scan) * day, test)
            }
        }
        let other = RandomEstate(seed: seed * 10 + 9, scans: 1).scans[0]
        try await run(other, 2, 3 * day, test, scanner: "other")
        try await test.administration.addMute(
            MuteRule(id: "m", checks: ["c1"], regions: ["r0"], reason: "agreed"))
    }

    static func run(
        _ statements: [Statement], _ account: Int, _ time: Int64, _ test: TestStore, scanner: String = "prowler"
    ) async throws {
        try await test.run(
            MemorySource(statements, at: time, batch: 17, scanner: scanner, account: try Self.account(account)))
    }

    static let filters: [FindingFilter] = {
        func filter(_ change: (inout FindingFilter) -> Void) -> FindingFilter {
            var filter = FindingFilter()
            change(&filter)
            return filter
        }
        return FindingDelta.allCases.map { delta in filter { $0.deltas = [delta] } } + [
            filter { _ in },
            filter { $0.accounts.accounts = ["acc1"] },
            filter { $0.accounts.accounts = ["acc0", "acc2"] },
            filter {
                $0.accounts.accounts = ["acc2"]; $0.statuses = [.fail, .pass]
            },
            filter { $0.statuses = [.fail] },
            filter { $0.severities = [.critical, .low] },
            filter { $0.checks = ["c1", "c3"] },
            filter {
                $0.checks = ["c*"]; $0.accounts.accounts = ["acc2"]
            },
            filter { $0.checks = ["none"] },
            filter { $0.services = ["s"] },
            filter { $0.services = ["t"] },
            filter { $0.regions = ["r1", ""] },
            filter {
                $0.resources = ["u?", "n1"]; $0.statuses = [.pass]
            },
            filter { $0.tags = [TagFilter(key: "a", value: "1"), TagFilter(key: "b", value: nil)] },
            filter { $0.muted = true },
            filter {
                $0.muted = false; $0.checks = ["c1"]
            },
            filter { $0.search = "E" },
            filter {
                $0.deltas = [.new, .gone, .unchanged]; $0.accounts.accounts = ["acc0"]
            },
        ]
    }()
}
