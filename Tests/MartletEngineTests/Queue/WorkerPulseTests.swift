import Testing

@testable import MartletEngine

@Suite("WorkerPulse")
struct WorkerPulseTests {
    @Test(
        "a loop that does not come round is seen, one that has ended is not missed",
        arguments: WorkerPulse.Loop.allCases)
    func loops(loop: WorkerPulse.Loop) {
        var pulse = WorkerPulse()
        #expect(pulse.isAlive(at: 1_000_000), "nothing has begun")
        for loop in WorkerPulse.Loop.allCases { pulse.beat(loop, at: 5) }
        pulse.beat(loop == .claim ? .renew : .claim, at: 5 + loop.longestRound)
        #expect(pulse.isAlive(at: 5 + loop.longestRound))
        #expect(!pulse.isAlive(at: 6 + loop.longestRound))
        pulse.end(loop)
        #expect(pulse.isAlive(at: 6 + loop.longestRound))
    }

    @Test("a pool that works or waits is alive, also while it ends")
    func pool() async throws {
        try await TestStore.with(.sqlite) { test in
            let fixture = PoolFixture(test: test)
            let pool = fixture.pool([:])
            let before = await pool.pulse.beats
            try await fixture.running(pool) {
                while await pool.pulse.beats.count < WorkerPulse.Loop.allCases.count { await Task.yield() }
                let first = await pool.pulse.beats
                while await pool.pulse.beats.contains(where: { $0.value == first[$0.key] }) {
                    try await Task.sleep(for: .milliseconds(5))
                }
                #expect(await pool.isAlive)
            }
            #expect(before.isEmpty)
            #expect(await pool.pulse.beats[.claim] == nil, "it does not claim any more")
        }
    }
}
