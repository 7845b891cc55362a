import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// Scans by Martlet's own scanner through the queue, with a scanner that says what it is told.
@Suite("Queue: scans by Martlet itself")
struct NativeScanTests {
    private static let account = "00000000-0000-0000-0000-000000000001"
    private static let key = AccountKey(provider: .azure, uid: account)

    private struct Scanner: WorkingSource {
        let source: MemorySource
        var activity: SourceActivity { SourceActivity(steps: 1, share: 0.5, text: "half") }
        func next() async throws -> ObservationBatch? { try await source.next() }
        func recognise(_ statements: KnownStatements) async {}
        var scanner: String { get async { "martlet" } }
    }

    @Test("what cannot run is refused when it is asked for", arguments: StorePlace.allCases)
    func refusals(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            let tenant = test.store.tenant
            try await fixture.addAccount()
            let key = Self.key
            try await test.store.database.write { _ = try Accounts.account(key, tenant: tenant, $0) }
            let queue = ScanQueue(store: test.store)
            // Another provider's account; no credentials; credentials of another form.
            await expectError(.usage) { _ = try await queue.start(account: "111", order: ScanOrder(source: "azure")) }
            let missing = await expectError(.notFound) {
                _ = try await queue.start(account: Self.account, order: ScanOrder(source: "azure"))
            }
            #expect(missing?.message.contains("accounts/azure/\(Self.account)") == true)
            let keys = try SecretKeyRing.new()
            try await Secrets(store: test.store).set(
                try NativeScans.secretName(of: key), to: try .text(SecretBytes("x")), keys: keys)
            await expectError(.invalidInput) {
                _ = try await queue.start(account: Self.account, order: ScanOrder(source: "azure"))
            }
        }
    }

    @Test("the account's secret is opened for its scan, and what the scanner covers is published")
    func scan() async throws {
        try await TestStore.with { test in
            let fixture = PoolFixture(test: test)
            let tenant = test.store.tenant
            let key = Self.key
            try await test.store.database.write { _ = try Accounts.account(key, tenant: tenant, $0) }
            let keys = try SecretKeyRing.new()
            let secret = try SecretValue.fields([.init("AZURE_CLIENT_ID", try SecretBytes("client"))])
            try await Secrets(store: test.store).set(try NativeScans.secretName(of: key), to: secret, keys: keys)
            let native = NativeScans(
                open: { account, filters, secret, _ in
                    let client = secret.field("AZURE_CLIENT_ID")?.withUnsafeBytes {
                        String(decoding: $0, as: UTF8.self)
                    }
                    guard account == key, client == "client", filters.regions == ["uksouth"] else {
                        throw MartletError(.usage, "not what was asked for")
                    }
                    var batch = ObservationBatch()
                    batch.findings = [Statement(regions: ["uksouth"]).observation(at: 5, account: account)]
                    batch.coverage = [
                        CoverageStatement(account: account, check: "c0", region: "uksouth", state: .evaluated),
                        CoverageStatement(
                            account: account, check: "c1", state: .denied, gap: CoverageGap(message: "forbidden")),
                    ]
                    return Scanner(source: MemorySource([batch], scanner: "martlet"))
                }, keys: { _ in keys })
            let pool = fixture.pool([.scan: ScanRunner(open: { _ in throw MartletError(.usage, "-") }, native: native)])
            var order = ScanOrder(source: "azure")
            order.filters = ScanFilters(regions: ["uksouth"])
            let id = try await ScanQueue(store: test.store).start(account: Self.account, order: order)
            try await fixture.running(pool) {
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.state == .completedWithGaps, "\(scan)")
                #expect(scan.source == "martlet" && scan.origin == "azure" && scan.counts.new == 1)
                #expect(scan.gaps.map(\.gap.message) == ["forbidden"])
            }
        }
    }

    @Test("credentials that are refused end the scan for good")
    func refusedCredentials() {
        let (failure, isTransient) = JobFailure.of(MartletError(.denied, "refused"))
        #expect(failure.code == "denied" && !isTransient)
    }
}
