import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("UpkeepDecision")
struct UpkeepDecisionTests {
    private static let day: Int64 = 86_400_000
    private static let now: Int64 = 100 * day

    /// Every state of a small scope.
    private static let states: [TenantUpkeep] = {
        var states: [TenantUpkeep] = []
        let times: [Int64?] = [nil, now - day - 1, now - day, now - day + 1, now]
        for retained in times {
            for pruned in times {
                for flags in 0..<8 {
                    for end in [nil, now + 1, now + 10_000, now + 3 * day] as [Int64?] {
                        var state = TenantUpkeep(lookAt: now)
                        (state.retainedAt, state.jobsPrunedAt, state.nextMuteEnd) = (retained, pruned, end)
                        state.hasRetentionRule = flags & 1 != 0
                        state.isPending = flags & 2 != 0
                        state.hasEndedMute = flags & 4 != 0
                        states.append(state)
                    }
                }
            }
        }
        return states
    }()

    @Test("every small situation against the rules in plain words")
    func rules() {
        for state in Self.states {
            let prunes = UpkeepDecision.prunesJobs(state, at: Self.now)
            #expect(prunes == (state.jobsPrunedAt == nil || Self.now - (state.jobsPrunedAt ?? 0) >= Self.day))
            for pruned in prunes ? [true, false] : [nil] as [Bool?] {
                let decision = UpkeepDecision(state, at: Self.now, pruned: pruned)
                let isOld = state.retainedAt == nil || Self.now - (state.retainedAt ?? 0) >= Self.day
                #expect(decision.kinds.contains(.retention) == (state.hasRetentionRule && isOld))
                #expect(decision.kinds.contains(.muteExpiry) == state.hasEndedMute)
                #expect(decision.kinds.contains(.reevaluation) == state.isPending)
                #expect(!decision.kinds.contains(.scan) && !decision.kinds.contains(.schedule))
                let after = decision.state
                #expect(after.lookAt >= Self.now + 1_000 && after.lookAt <= Self.now + Self.day)
                #expect(after.lookAt <= max(state.nextMuteEnd ?? .max, Self.now + 1_000))
                if state.isPending || state.hasEndedMute { #expect(after.lookAt <= Self.now + 300_000) }
                if pruned == false { #expect(after.lookAt <= Self.now + 60_000) }
                #expect(after.jobsPrunedAt == (pruned == true ? Self.now : state.jobsPrunedAt))
                // What has been done does not come again before its day.
                let next = UpkeepDecision(after, at: after.lookAt, pruned: nil)
                if decision.kinds.contains(.retention), after.lookAt < Self.now + Self.day {
                    #expect(!next.kinds.contains(.retention))
                }
            }
        }
    }
}
