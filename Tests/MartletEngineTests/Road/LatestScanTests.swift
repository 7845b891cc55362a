import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// What "the latest scan" is: of each account its own, also where it found nothing, and none before the first.
@Suite("The latest scan")
struct LatestScanTests {
    private static let framework = """
        {"Framework": "Orchard", "Name": "Orchard", "Version": "1.0", "Provider": "aws", "Description": "d",
         "Requirements": [{"Id": "1", "Description": "d", "Attributes": [], "Checks": ["c0"]}]}
        """

    private func importOne(_ test: TestStore, _ statements: [Statement], at time: Int64, account uid: String)
        async throws
        -> String
    {
        let key = AccountKey(provider: ProviderSample.aws, uid: uid)
        var batch = ObservationBatch()
        batch.findings = statements.map { $0.observation(at: time, account: key) }
        return try #require(try await test.run(MemorySource([batch])).first).scan.id
    }

    @Test("before an account's first scan nothing is passed, and there is no score", arguments: StorePlace.allCases)
    func nothingIsKnown(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await test.addFramework("orchard_1.0_aws", Self.framework)
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            _ = try await fixture.start()
            try await test.store.read { reader in
                let scores = try reader.scores(AccountFilter())
                #expect(scores.isEmpty)
                let overview = try reader.complianceOverview(AccountFilter())
                #expect(overview.allSatisfy { $0.passed == 0 })
                let accounts = try reader.accounts()
                #expect(accounts.map(\.scan) == [nil] && accounts.map(\.summary.total) == [0])
                #expect(accounts.map(\.observedAt) == [nil])
            }
        }
    }

    @Test("a scan without a failure is the latest one, and what it mended shows", arguments: StorePlace.allCases)
    func clean(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await test.addFramework("orchard_1.0_aws", Self.framework)
            _ = try await importOne(test, [Statement(uid: "u1")], at: 1, account: "111")
            let clean = try await importOne(test, [Statement(uid: "u1", status: .pass)], at: 2, account: "111")
            try await test.store.read { reader in
                let (accounts, overview) = (try reader.accounts(), try reader.complianceOverview(AccountFilter()))
                #expect(accounts.map(\.scan) == [clean] && overview.map(\.passed) == [1])
                var differences: [DiffRow] = []
                try reader.diff(from: nil, to: nil, account: AccountFilter()) { differences.append($0) }
                #expect(differences.count == 1 && differences.first?.finding.status == .pass)
            }
        }
    }

    @Test("an account's posture and differences know no other account", arguments: StorePlace.allCases)
    func ofOneAccount(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let first = try await importOne(test, [Statement(uid: "u1")], at: 1, account: "111")
            let other = try await importOne(test, [Statement(uid: "u2", status: .pass)], at: 2, account: "222")
            try await test.store.read { reader in
                let rows = try reader.accounts()
                #expect(Set(rows.map(\.scan)) == [first, other])
                #expect(rows.map(\.summary.total) == [1, 1])
                var seen: [String] = []
                let header = try reader.diff(from: nil, to: nil, account: AccountFilter()) {
                    seen.append($0.finding.account.uid + $0.finding.resource.uid)
                }
                // Each has one scan only: there is none to compare it with, least of all the other's.
                #expect(header.pairs.map(\.from) == [nil, nil] && seen.sorted() == ["111u1", "222u2"])
            }
            await expectError(.usage) {
                try await test.store.read { reader in
                    _ = try reader.diff(from: first, to: other, account: AccountFilter()) { _ in }
                }
            }
        }
    }
}
