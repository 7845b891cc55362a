import Synchronization

/// What tasks that read, publish and change tell one another.
final class ReaderLog: Sendable {
    private struct State {
        var published = 0
        var isOver = false
        var contradictions: [String] = []
        var reads = 0
        var visible: [Int64: String] = [:]
        var states: Set<[String]> = []
    }

    private let state = Mutex(State())

    /// How many scans have been published.
    var published: Int { state.withLock { $0.published } }
    var isOver: Bool { state.withLock { $0.isOver } }
    var contradictions: [String] { state.withLock { $0.contradictions } }
    var reads: Int { state.withLock { $0.reads } }
    /// How many versions of the posture were seen.
    var versions: Int { state.withLock { $0.visible.count } }
    /// How many different sets of mutes and frameworks were seen.
    var states: Int { state.withLock { $0.states.count } }

    func notePublished() { state.withLock { $0.published += 1 } }
    func end() { state.withLock { $0.isOver = true } }

    /// Takes in what a read has found. Whoever saw the version before must have seen the same.
    func note(_ seen: ObservedPosture, _ contradictions: [String]) {
        let (version, visible) = (seen.account.postureVersion, seen.visible)
        let names = seen.overview.map(\.framework) + seen.mutes.map(\.rule.id)
        state.withLock { state in
            state.reads += 1
            state.states.insert(names)
            state.contradictions += contradictions
            if let other = state.visible.updateValue(visible, forKey: version), other != visible {
                state.contradictions.append("version \(version) is \(visible) and \(other)")
            }
        }
    }
}
