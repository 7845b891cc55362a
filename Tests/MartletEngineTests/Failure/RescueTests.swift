import Dispatch
import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A holder that stopped in the middle of a transaction stands in nobody's way once its lease is over.
@Suite("Rescue", .serialized)
struct RescueTests {
    private static let said = (0..<20).map { Statement(uid: "u\($0)") }

    @Test("a transaction is left alone, waited for, or ended by what its lease says")
    func actions() {
        let worker = Worker.current()
        func action(_ host: String, pid: Int64, expires: Int64, now: Int64) -> Rescue.Action {
            let lease = Lease(
                account: AccountID(tenant: 1, account: 1), token: 1, scan: "s",
                holder: Worker(name: "w", host: host, pid: pid), expiresAt: Timestamp(milliseconds: expires))
            return Rescue.action(on: lease, seenFrom: worker.host, at: now)
        }
        for (host, pid) in [(worker.host, worker.pid), ("elsewhere", 1)] {
            #expect(action(host, pid: pid, expires: 5_000, now: 4_999) == .leave)
            #expect(action(host, pid: pid, expires: 5_000, now: 5_000) == .wait)
            #expect(action(host, pid: pid, expires: 5_000, now: 5_999) == .wait)
            #expect(action(host, pid: pid, expires: 5_000, now: 6_000) == .end)
        }
        // No process has this number: it is above the kernel's largest.
        #expect(action(worker.host, pid: 0x7FFF_FFFF, expires: 5_000, now: 1) == .end)
        #expect(action(worker.host, pid: 0x7FFF_FFFF, expires: 5_000, now: 6_000) == .end)
    }

    /// Claims an account for a process elsewhere and stops in the middle of a transaction of it; the error that the
    /// process sees in the end.
    private func stop(
        _ test: TestStore, _ account: String, _ released: DispatchSemaphore,
        holding: @escaping @Sendable (Lease, any Connection) throws -> Void
    ) async throws -> Task<MartletError?, Never> {
        let store = try await test.openAgain()
        var options = ImportOptions()
        options.leaseMilliseconds = 300
        let elsewhere = Worker(name: "stopped", host: "elsewhere", pid: 1)
        let key = AccountKey(provider: ProviderSample.aws, uid: account)
        let claimer = AccountClaimer(store: store, worker: elsewhere, options: options)
        let claim = try #require(try await claimer.claim(key, source: "prowler", origin: "stopped"))
        let isHolding = Recorded<Bool>()
        let holder = Task { () -> MartletError? in
            defer { Task { await store.close() } }
            do {
                try await store.database.write { connection in
                    try Leases.announce(claim.lease, connection)
                    try holding(claim.lease, connection)
                    guard isHolding.value == nil else {
                        return try Leases.prove(claim.lease, lifetime: 300, connection)
                    }
                    isHolding.set(true)
                    _ = released.wait(timeout: .now() + 60)
                    try Leases.prove(claim.lease, lifetime: 300, connection)
                }
                return nil
            } catch {
                return error as? MartletError
            }
        }
        _ = await isHolding.eventually()
        return holder
    }

    @Test(
        "a holder that stopped while it held its fence or its account loses them, and can write nothing later",
        arguments: [true, false])
    func stopped(inPublish: Bool) async throws {
        try await TestStore.with(.postgresql) { test in
            try await test.run(Self.said, at: 1)
            let released = DispatchSemaphore(value: 0)
            let holder = try await stop(test, "111", released) { lease, connection in
                if inPublish {
                    try connection.lock(.account(lease.account))
                } else {
                    try Leases.prove(lease, lifetime: 300, connection)
                }
                try connection.execute(
                    "UPDATE accounts SET name = 'zombie' WHERE id = $1", [.int(lease.account.account)])
            }
            let report = try await test.run(Self.said, at: 2)
            #expect(report.scan.counts.unchanged == 20)
            released.signal()
            #expect(await holder.value?.code == .leaseLost)
            let scans = try await test.store.read { try $0.scans() }
            #expect(scans.map(\.state.rawValue).sorted() == ["completed", "completed", "failed"])
            let names = try await test.store.database.read { connection in
                try connection.first("SELECT COUNT(*) FROM accounts WHERE name = 'zombie'") { $0.int(0) }
            }
            #expect(names == 0)
        }
    }

    @Test("a holder that stopped while it named new checks does not keep other accounts waiting")
    func names() async throws {
        try await TestStore.with(.postgresql) { test in
            let released = DispatchSemaphore(value: 0)
            let holder = try await stop(test, "222", released) { lease, connection in
                try connection.lock(.numbers(table: "checks", tenant: lease.account.tenant))
            }
            var options = ImportOptions()
            options.leaseMilliseconds = 1_000
            let report = try #require(try await test.run(MemorySource(Self.said, at: 1), options).first)
            #expect(report.scan.counts.new == 20)
            released.signal()
            // Nobody has taken its own account: at the second try it goes on.
            #expect(await holder.value == nil)
        }
    }

    @Test("a holder whose lease holds is not ended, however long its transaction takes")
    func slow() async throws {
        try await TestStore.with(.postgresql) { test in
            let released = DispatchSemaphore(value: 0)
            let holder = try await stop(test, "111", released) { lease, connection in
                try connection.execute(
                    "UPDATE scans SET scope = scope WHERE id = $1", [.text(lease.scan)])
            }
            // What its renewals would do, on another connection.
            try await test.store.database.write { connection in
                guard let lease = try Leases.ofImports(tenant: test.store.tenant, connection).first else { return }
                try Leases.prove(lease, lifetime: 60_000, connection)
            }
            var options = ImportOptions()
            options.waitSeconds = 2
            let impatient = options
            let error = await expectError(.conflict) {
                _ = try await test.run(MemorySource(Self.said, at: 1), impatient)
            }
            #expect(error?.message.contains("stopped on elsewhere") == true)
            released.signal()
            #expect(await holder.value == nil)
        }
    }

    @Test("a claim that stopped does not keep the account for long")
    func claim() async throws {
        try await TestStore.with(.postgresql) { test in
            try await test.run(Self.said, at: 1)
            let store = try await test.openAgain()
            let released = DispatchSemaphore(value: 0)
            let isHolding = Recorded<Bool>()
            let claimer = Task {
                try await store.database.write { connection in
                    guard isHolding.value == nil else { return }
                    try connection.endWhenSilent(milliseconds: 1_000)
                    try connection.lock(.account(AccountID(tenant: store.tenant, account: 1)))
                    isHolding.set(true)
                    _ = released.wait(timeout: .now() + 60)
                    try connection.execute("UPDATE accounts SET name = 'zombie'")
                }
            }
            _ = await isHolding.eventually()
            let report = try await test.run(Self.said, at: 2)
            #expect(report.scan.counts.unchanged == 20)
            released.signal()
            try await claimer.value
            let names = try await store.database.read { connection in
                try connection.first("SELECT COUNT(*) FROM accounts WHERE name = 'zombie'") { $0.int(0) }
            }
            #expect(names == 0)
            await store.close()
        }
    }
}
