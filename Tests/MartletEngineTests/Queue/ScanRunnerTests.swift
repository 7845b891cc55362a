import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Queue: scans by workers")
struct ScanRunnerTests {
    private static let statements = [Statement(uid: "u1"), Statement(check: "c1", uid: "u2", status: .pass)]

    @Test("a scan is published together with the end of its job", arguments: StorePlace.allCases)
    func published(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let id = try await fixture.start()
            let pool = fixture.pool(PoolFixture.runners { _ in (MemorySource(Self.statements, at: 5), nil) })
            try await fixture.running(pool) {
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.state == .completed && scan.counts.new == 2 && scan.generation == 1 && scan.attempts == 1)
                let job = try await fixture.job(id)
                #expect(job.state == .completed && job.token == scan.token && job.progress == 1000)
                #expect(job.holder == nil && job.firstClaimedAt == scan.firstClaimedAt)
                // Again, over the same road.
                let next = try await fixture.start()
                let again = try await fixture.wait(for: next) { $0.state.isFinal }
                #expect(again.counts.unchanged == 2 && again.counts.new == 0 && again.generation == 2)
                #expect(again.token > scan.token)
            }
            let leases = try await test.store.database.scoped(to: .dispatch).read {
                try $0.first("SELECT COUNT(*) FROM leases") { $0.int(0) }
            }
            #expect(leases == 0)
        }
    }

    @Test(
        "statements of other accounts are rejected, and do not keep what is gone open", arguments: StorePlace.allCases)
    func foreign(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await test.run([Statement(uid: "u1"), Statement(uid: "old")], at: 1)
            let other = AccountKey(provider: try #require(Provider(name: "aws")), uid: "222")
            let own = try Statement.account
            var batch = ObservationBatch()
            batch.findings = [
                Statement(uid: "u1").observation(at: 9, account: own),
                Statement(uid: "u9").observation(at: 9, account: other),
                Statement(uid: "u8").observation(at: 9, account: other),
            ]
            let given = batch
            let pool = fixture.pool(PoolFixture.runners { _ in (MemorySource([given]), nil) })
            let id = try await fixture.start()
            try await fixture.running(pool) {
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.state == .completedWithGaps)
                #expect(scan.counts.rejected == 2 && scan.counts.unchanged == 1 && scan.counts.gone == 1)
                #expect(scan.rejections.count == 1 && scan.rejections.first?.contains("aws/222") == true)
            }
            let accounts = try await test.store.read { try $0.accounts(AccountFilter()).map(\.account.uid) }
            #expect(accounts == ["111"], "nothing is made of what was rejected")
        }
    }

    @Test("a source without a finding of the account fails for good", arguments: StorePlace.allCases)
    func nothing(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let id = try await fixture.start()
            let pool = fixture.pool(PoolFixture.runners { _ in (MemorySource([]), nil) })
            try await fixture.running(pool) {
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.state == .failed && scan.errorCode == "invalid_input" && scan.attempts == 1)
                #expect(scan.errorMessage?.contains("no finding of the account aws/111") == true)
            }
        }
    }

    @Test("a running scan that is cancelled ends although its source is silent; nothing of it stays")
    func cancelled() async throws {
        for place in StorePlace.allCases {
            try await TestStore.with(place) { test in
                let fixture = PoolFixture(test: test)
                try await test.run([Statement(uid: "u1")], at: 1)
                let gate = Gate()
                let before = try await test.store.database.read {
                    try $0.first("SELECT COUNT(*) FROM findings") { $0.int(0) }
                }
                let pool = fixture.pool(
                    PoolFixture.runners { _ in
                        let source = MemorySource(Self.statements, at: 5, batch: 1) { index in
                            // The second batch is only given once the first has surely been written.
                            if index == 2 { await gate.pass() }
                        }
                        return (source, nil)
                    })
                let id = try await fixture.start()
                try await fixture.running(pool) {
                    try await fixture.wait(for: id) { $0.generation == 2 }
                    let state = try await ScanQueue(store: test.store).cancel(id)
                    #expect(state == .running)
                    let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                    #expect(scan.state == .cancelled)
                    let again = try await ScanQueue(store: test.store).cancel(id)
                    #expect(again == .cancelled, "asked twice, answered alike")
                    gate.open()
                    // What the zombie still does commits nowhere.
                    let next = try await fixture.start()
                    try await fixture.wait(for: next) { $0.state.isFinal }
                    let view = try await test.store.read { try $0.scan(id) }
                    #expect(view?.state == .cancelled)
                }
                #expect(before == 1)
            }
        }
    }

    @Test("what fails is tried again where that may help, and its message is shown", arguments: StorePlace.allCases)
    func failures(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount("1")
            try await fixture.addAccount("2")
            try await fixture.addAccount("3")
            struct Odd: Error {}
            let pool = fixture.pool(
                PoolFixture.runners { order in
                    switch order.filePath {
                    case "transient": throw MartletError(.io, "The scanner is away.")
                    case "permanent": throw MartletError(.usage, "There is no such thing.")
                    default: throw Odd()
                    }
                })
            try await fixture.running(pool) {
                let transient = try await fixture.start("1", "transient")
                let permanent = try await fixture.start("2", "permanent")
                let odd = try await fixture.start("3", "odd")
                let first = try await fixture.wait(for: transient) { $0.state.isFinal }
                #expect(first.attempts == 3 && first.errorCode == "io" && first.errorMessage == "The scanner is away.")
                let second = try await fixture.wait(for: permanent) { $0.state.isFinal }
                #expect(second.attempts == 1 && second.errorCode == "usage")
                let third = try await fixture.wait(for: odd) { $0.state.isFinal }
                #expect(third.errorCode == "internal" && third.errorMessage?.contains("Odd") == false)
                #expect(fixture.lines.all.contains { $0.contains(odd) && $0.contains("Odd") }, "detail is in the log")
            }
        }
    }

    @Test("unknown accounts and sources are refused before anything is queued", arguments: StorePlace.allCases)
    func refused(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let queue = ScanQueue(store: test.store)
            await expectError(.notFound) { _ = try await queue.start(account: "9", order: ScanOrder(source: "file:x")) }
            for source in ["", "file:", "ftp://x"] {
                await expectError(.usage) {
                    _ = try await queue.start(account: "111", order: ScanOrder(source: source))
                }
            }
            await expectError(.notFound) { _ = try await queue.cancel("nothing") }
            let report = try await test.run([Statement()], at: 1)
            await expectError(.conflict) { _ = try await queue.cancel(report.scan.id) }
            let scans = try await test.store.read { try $0.scans() }
            #expect(scans.count == 1)
        }
    }
}
