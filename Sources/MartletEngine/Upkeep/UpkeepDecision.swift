import MartletCore
import MartletStore

/// What a tenant needs now without anybody asking, and when to look again. A function of its inputs alone. Times are
/// milliseconds of the database's clock.
struct UpkeepDecision: Sendable, Hashable {
    /// The work to ask for; what of it is under way is not added again.
    let kinds: [JobKind]
    /// The tenant's new state.
    let state: TenantUpkeep

    /// Retention, and the removal of ended jobs, come once a day.
    static let daily: Int64 = 86_400_000
    /// After so long it is looked whether work that was asked for has done what it should: 5 minutes.
    static let retryInterval: Int64 = 300_000
    /// Between two steps of removing jobs, where one look does not remove all.
    static let pruningInterval: Int64 = 60_000

    /// Whether ended jobs are to be removed before the decision.
    static func prunesJobs(_ state: TenantUpkeep, at now: Int64) -> Bool {
        state.jobsPrunedAt.map { $0 + daily <= now } ?? true
    }

    /// Decides.
    ///
    /// - Parameter pruned: Whether ended jobs have been removed, all of them; nil where that was not due.
    init(_ state: TenantUpkeep, at now: Int64, pruned: Bool?) {
        var after = state
        var kinds: [JobKind] = []
        var looks: [Int64] = []
        if state.hasRetentionRule {
            if state.retainedAt.map({ $0 + Self.daily <= now }) ?? true {
                kinds.append(.retention)
                after.retainedAt = now
            }
            looks.append((after.retainedAt ?? now) + Self.daily)
        }
        if state.hasEndedMute { kinds.append(.muteExpiry) }
        if state.isPending { kinds.append(.reevaluation) }
        if state.hasEndedMute || state.isPending { looks.append(now + Self.retryInterval) }
        if let end = state.nextMuteEnd { looks.append(end) }
        if pruned == true { after.jobsPrunedAt = now }
        looks.append(pruned == false ? now + Self.pruningInterval : (after.jobsPrunedAt ?? now) + Self.daily)
        // Whatever the state says, looks do not follow one another at once.
        after.lookAt = max(looks.min() ?? now, now + 1_000)
        self.kinds = kinds
        self.state = after
    }
}
