import MartletCore
import MartletPolicy
import Synchronization

/// Remembers what was counted of postures, so that each is counted once however often it is asked for.
///
/// A posture is named by tenant, account, generation and version; whatever changes it gives it another name, so nothing here
/// is ever wrong, only no longer asked for. Memory is bounded: what was used longest ago goes first.
public final class PostureCache: Sendable {
    /// What is kept of a posture.
    enum Content: Sendable {
        case cube(AccountCube)
        case regionSets([Int64: [String]])
        case resources(ResourceCounts)
        case types([Int64: Set<String>])
        case groups([Int: Int64])
        case facts(CheckFacts)
        case names([Int64: String])
        case rollUps([ComplianceRollUp])
        case score(ScoreTally)
        case numbers([Int64: Int64])
        case requirements(ViewRequirements)
    }

    /// Names a content.
    struct Key: Hashable, Sendable {
        var tenant: Int64
        var account: Int64
        var generation: Int64
        var version: Int64
        var kind: String
    }

    private struct Entry: Sendable {
        var content: Content
        var cost: Int
        var usedAt: Int
    }

    /// The turn of whoever counts; the others wait for it.
    private final class Turn: Sendable {
        let mutex = Mutex(())
    }

    private struct State: Sendable {
        var entries: [Key: Entry] = [:]
        /// Of contents that are counted at this moment, with how many want each.
        var turns: [Key: (turn: Turn, wanted: Int)] = [:]
        var cost = 0
        var clock = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: Bytes to keep, about.
    public init(limit: Int = 64 << 20) { self.limit = max(limit, 1 << 20) }

    /// What is known under a name, or what `make` gives.
    ///
    /// Of several that miss it at once one counts, and the others' threads wait for it: all of them want it just after a
    /// publish. `make` may ask for contents of other kinds, none of which asks for this one.
    func content(_ key: Key, cost: (Content) -> Int, make: () throws -> Content) throws -> Content {
        if let known = known(key) { return known }
        let turn = state.withLock { state in
            let turn = state.turns[key]?.turn ?? Turn()
            state.turns[key, default: (turn, 0)].wanted += 1
            return turn
        }
        defer {
            state.withLock { state in
                state.turns[key]?.wanted -= 1
                if state.turns[key]?.wanted == 0 { state.turns[key] = nil }
            }
        }
        return try turn.mutex.withLock { _ in
            if let known = known(key) { return known }
            let content = try make()
            keep(content, cost(content), key)
            return content
        }
    }

    private func known(_ key: Key) -> Content? {
        state.withLock { state in
            state.clock += 1
            state.entries[key]?.usedAt = state.clock
            return state.entries[key]?.content
        }
    }

    private func keep(_ content: Content, _ size: Int, _ key: Key) {
        guard size <= limit / 2 else { return }
        state.withLock { state in
            state.clock += 1
            let entry = Entry(content: content, cost: size, usedAt: state.clock)
            if let old = state.entries.updateValue(entry, forKey: key) { state.cost -= old.cost }
            state.cost += size
            guard state.cost > limit else { return }
            for (key, entry) in state.entries.sorted(by: { $0.value.usedAt < $1.value.usedAt }) {
                guard state.cost > limit * 3 / 4 else { break }
                state.entries[key] = nil
                state.cost -= entry.cost
            }
        }
    }

    /// How many bytes are kept, about; for tests and metrics.
    public var cost: Int { state.withLock { $0.cost } }
}
