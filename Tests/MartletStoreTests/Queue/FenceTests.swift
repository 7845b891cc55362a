import MartletCore
import Testing

@testable import MartletStore

@Suite("Queue: fences")
struct FenceTests {
    @Test("several make an account's first fence at once, and none fails", arguments: Driver.all)
    func atOnce(driver: Driver) async throws {
        try await driver.withStore { store in
            let tenant = store.tenant
            for number in 1...(driver.name == "PostgreSQL" ? 150 : 5) {
                let account = AccountID(tenant: tenant, account: Int64(number))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<6 {
                        group.addTask { try await store.database.write { try Leases.makeFence(account, $0) } }
                    }
                    try await group.waitForAll()
                }
            }
            let fences = try await store.database.read { connection in
                try connection.first("SELECT COUNT(*) FROM fences WHERE tenant = $1", [.int(tenant)]) { $0.int(0) }
            }
            #expect(fences == (driver.name == "PostgreSQL" ? 150 : 5))
        }
    }
}
