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

    private struct State: Sendable {
        var entries: [Key: Entry] = [:]
        var cost = 0
        var clock = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: Bytes to keep, about.
    public init(limit: Int = 64 << 20) { self.limit = max(limit, 1 << 20) }

    /// What is known under a name, or what `make` gives.
    func content(_ key: Key, cost: (Content) -> Int, make: () throws -> Content) throws -> Content {
        let known = state.withLock { state -> Content? in
            state.clock += 1
            state.entries[key]?.usedAt = state.clock
            return state.entries[key]?.content
        }
        if let known { return known }
        // Two that miss it at once both count: that is dearer for one moment, and nobody waits for the other.
        let content = try make()
        let size = cost(content)
        guard size <= limit / 2 else { return content }
        state.withLock { state in
            state.clock += 1
            if let old = state.entries.updateValue(
                Entry(content: content, cost: size, usedAt: state.clock), forKey: key)
            {
                state.cost -= old.cost
            }
            state.cost += size
            guard state.cost > limit else { return }
            for (key, entry) in state.entries.sorted(by: { $0.value.usedAt < $1.value.usedAt }) {
                guard state.cost > limit * 3 / 4 else { break }
                state.entries[key] = nil
                state.cost -= entry.cost
            }
        }
        return content
    }

    /// How many bytes are kept, about; for tests and metrics.
    public var cost: Int { state.withLock { $0.cost } }
}
