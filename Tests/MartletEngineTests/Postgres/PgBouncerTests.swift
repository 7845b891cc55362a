import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// The whole road through PgBouncer in transaction mode: connections of the server change under every transaction.
@Suite("PostgreSQL: PgBouncer")
struct PgBouncerTests {
    @Test("imports of many accounts through two connections give what a direct connection gives")
    func road() async throws {
        let place = try await PostgresPlace()
        do {
            let bouncer = try await PgBouncer(before: try PostgresServer.shared.get(), connections: 2)
            let store = try await Store.open(url: bouncer.url(schema: place.schema))
            let accounts = (1...4).map { AccountKey(provider: ProviderSample.aws, uid: "\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for account in accounts {
                    group.addTask {
                        for time in 1...3 as ClosedRange<Int64> {
                            let said = (0..<60).map { Statement(uid: "u\($0)", detail: "\(time / 2)") }
                            let source = MemorySource(said, at: time, batch: 7, account: account)
                            _ = try await Importer(store: store).run(
                                source: source, origin: "bouncer", options: ImportOptions())
                        }
                    }
                }
                try await group.waitForAll()
            }
            await store.close()
            let direct = try await Store.open(url: place.url)
            let (rows, scans) = try await direct.read { reader in
                var rows = 0
                try reader.findings(FindingFilter()) { _ in rows += 1 }
                return (rows, try reader.scans())
            }
            #expect(rows == 240)
            #expect(scans.count == 12 && scans.allSatisfy { $0.state == .completed })
            await direct.close()
            withExtendedLifetime(bouncer) {}
        } catch {
            await place.remove()
            throw error
        }
        await place.remove()
    }
}
