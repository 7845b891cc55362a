import MartletCore
import Testing

@Suite("A worker's view of its lease")
struct LeaseMachineTests {
    private func machine(sentAt: Int64 = 1_000) -> LeaseMachine {
        LeaseMachine(claimSentAt: sentAt, timing: LeaseTiming())
    }

    @Test("it is renewed two seconds after the last sending, and lost seven seconds after it")
    func timing() {
        var lease = machine()
        #expect(lease.step(at: 1_000) == .wait(until: 3_000))
        #expect(lease.step(at: 2_999) == .wait(until: 3_000))
        #expect(lease.step(at: 3_000) == .renew)
        #expect(lease.step(at: 7_999) == .renew)
        #expect(lease.step(at: 8_000) == .stop && lease.isLost)
    }

    @Test("the deadline runs from the sending, however late the answer comes")
    func fromSending() {
        var lease = machine()
        lease.sent(at: 3_000)
        #expect(lease.step(at: 4_000) == .wait(until: 8_000))
        lease.answered(.renewed, sentAt: 3_000, at: 7_500)
        #expect(lease.deadline == 10_000)
        #expect(lease.step(at: 7_500) == .renew)
        #expect(lease.step(at: 10_000) == .stop)
    }

    @Test("an answer after the deadline comes too late, even a good one")
    func lateAnswer() {
        var lease = machine()
        lease.sent(at: 7_900)
        lease.answered(.renewed, sentAt: 7_900, at: 8_000)
        #expect(lease.isLost && lease.step(at: 8_001) == .stop)
        lease.sent(at: 8_002)
        lease.answered(.renewed, sentAt: 8_002, at: 8_003)
        #expect(lease.isLost, "what is lost stays lost")
    }

    @Test("no answer leaves the deadline where it was and is followed by another try")
    func unknown() {
        var lease = machine()
        lease.sent(at: 3_000)
        lease.answered(.unknown, sentAt: 3_000, at: 3_500)
        #expect(lease.deadline == 8_000)
        #expect(lease.step(at: 4_999) == .wait(until: 5_000))
        #expect(lease.step(at: 5_000) == .renew)
        lease.sent(at: 5_000)
        lease.answered(.lost, sentAt: 5_000, at: 5_001)
        #expect(lease.step(at: 5_001) == .stop)
    }

    @Test("answers out of order never shorten what a later sending has won")
    func outOfOrder() {
        var lease = machine()
        lease.sent(at: 3_000)
        lease.sent(at: 5_000)
        lease.answered(.renewed, sentAt: 5_000, at: 5_100)
        lease.answered(.renewed, sentAt: 3_000, at: 5_200)
        #expect(lease.deadline == 12_000)
    }

    @Test("it never believes longer than the database, whatever answers come when")
    func neverLonger() {
        var generator = SplitMix(seed: 5)
        for _ in 0..<2_000 {
            var lease = machine(sentAt: 0)
            // The database counts from the moment at which it handles a renewal, between sending and answer.
            var expiry: Int64 = Int64.random(in: 0...500, using: &generator) + 7_000
            var now: Int64 = 500
            while lease.step(at: now) != .stop {
                #expect(now < expiry)
                if lease.step(at: now) == .renew {
                    lease.sent(at: now)
                    let handled = now + Int64.random(in: 0...4_000, using: &generator)
                    let answered = handled + Int64.random(in: 0...4_000, using: &generator)
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: lease.answered(.unknown, sentAt: now, at: answered)
                    case 1:
                        // Done, but the answer got lost.
                        if handled < expiry { expiry = max(expiry, handled + 7_000) }
                        lease.answered(.unknown, sentAt: now, at: answered)
                    default:
                        let held = handled < expiry
                        if held { expiry = max(expiry, handled + 7_000) }
                        lease.answered(held ? .renewed : .lost, sentAt: now, at: answered)
                    }
                    now = answered
                } else {
                    now += Int64.random(in: 1...1_500, using: &generator)
                }
            }
        }
    }
}
