import MartletCore
import Testing

@testable import MartletStore

@Suite("Leases")
struct LeasesTests {
    private func claim(_ store: Store, _ account: AccountID, _ scan: String = "s") async throws -> Lease {
        try await store.database.write {
            try Leases.claim(account, scan: scan, worker: Sample.worker(scan), lifetime: 1_000, $0)
        }
    }

    @Test("tokens grow over all accounts, also after a release", arguments: Driver.all)
    func tokens(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            let other = try await store.database.write { try Sample.account("222", store.tenant, $0) }
            var tokens: [Int64] = []
            for turn in 0..<6 {
                let lease = try await claim(store, turn % 2 == 0 ? account : other)
                if turn == 3 { try await store.database.write { try Leases.release(lease, $0) } }
                tokens.append(lease.token)
            }
            #expect(tokens == tokens.sorted() && Set(tokens).count == tokens.count)
        }
    }

    @Test("a claim that is rolled back gives no lease", arguments: Driver.all)
    func rolledBack(driver: Driver) async throws {
        struct Stop: Error {}
        try await driver.withAccount { store, account in
            let first = try await claim(store, account, "one")
            await #expect(throws: Stop.self) {
                try await store.database.write { connection in
                    _ = try Leases.claim(account, scan: "two", worker: Sample.worker(), lifetime: 1, connection)
                    throw Stop()
                }
            }
            let stored = try await store.database.read { try Leases.current(account, $0) }
            #expect(stored == first)
            try await store.database.write { try Leases.prove(first, lifetime: 1_000, $0) }
        }
    }

    @Test("after another claim the proof fails and takes the transaction with it", arguments: Driver.all)
    func zombie(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            let first = try await claim(store, account, "one")
            let second = try await claim(store, account, "two")
            await expectError(.leaseLost) {
                try await store.database.write { connection in
                    try connection.execute("UPDATE accounts SET name = 'zombie'")
                    try Leases.prove(first, lifetime: 1_000, connection)
                }
            }
            let (name, current) = try await store.database.write { connection in
                // A release of the old lease must not end the new one.
                try Leases.release(first, connection)
                return (
                    try connection.first("SELECT name FROM accounts") { $0.text(0) },
                    try Leases.current(account, connection)
                )
            }
            #expect(name == "")
            #expect(current == second)
        }
    }

    @Test("a proof renews by the database's clock; a renewal changes no fence", arguments: Driver.all)
    func renewal(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            let lease = try await claim(store, account)
            try await store.database.write { connection in
                let fences = try connection.dump("fences")
                let now = try connection.now()
                try Leases.prove(lease, lifetime: 500_000, connection)
                let renewed = try #require(try Leases.current(account, connection))
                #expect((now + 499_000...now + 560_000).contains(renewed.expiresAt.milliseconds))
                #expect(renewed.token == lease.token && renewed.holder == lease.holder && renewed.scan == lease.scan)
                #expect(try connection.dump("fences") == fences)
                // A shorter lifetime holds from now on, too.
                try Leases.prove(lease, lifetime: 1, connection)
                let shortened = try #require(try Leases.current(account, connection))
                #expect(shortened.expiresAt < renewed.expiresAt)
            }
        }
    }

    @Test("an expired lease still proves until someone else claims", arguments: Driver.all)
    func expired(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            let lease = try await store.database.write {
                try Leases.claim(account, scan: "s", worker: Sample.worker(), lifetime: -5, $0)
            }
            try await store.database.write { connection in
                #expect(lease.expiresAt.milliseconds < (try connection.now()))
                try Leases.prove(lease, lifetime: 1_000, connection)
            }
        }
    }

    @Test("a release leaves the fence, so the released token still guards", arguments: Driver.all)
    func release(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            let first = try await claim(store, account)
            try await store.database.write { try Leases.release(first, $0) }
            let stored = try await store.database.read { try Leases.current(account, $0) }
            #expect(stored == nil)
            let second = try await claim(store, account)
            #expect(second.token > first.token)
            await expectError(.leaseLost) {
                try await store.database.write { try Leases.prove(first, lifetime: 1, $0) }
            }
        }
    }
}
