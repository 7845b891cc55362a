import MartletCore
import MartletStore

/// What a source has said of its coverage of one account so far.
struct CoverageLog: Sendable {
    struct Key: Hashable, Sendable {
        var check: String
        /// Nil for every region that no other key of the check names.
        var region: String?
    }

    private struct Part: Hashable {
        var state: CoverageState
        var gap: CoverageGap
    }

    private(set) var states: [Key: CoverageState] = [:]
    private var reasons: [Part: (checks: Set<String>, regions: Set<String>)] = [:]

    /// Reasons that a scan's row lists.
    static let maximumGaps = 500

    var checks: Set<String> { Set(states.keys.lazy.map(\.check)) }
    var regions: Set<String> { Set(states.keys.lazy.compactMap(\.region)) }

    /// Something should have been evaluated and was not.
    var hasGaps: Bool { states.values.contains(where: \.isGap) }

    /// Takes in a statement; of two about the same the one holds that promises less.
    mutating func add(_ statement: CoverageStatement) throws {
        guard states.count < CoverageScope.maximumEntries else {
            throw MartletError(.limit, "The source states more coverage than a scan may have.")
        }
        let key = Key(check: statement.check, region: statement.region)
        states[key] = states[key].map { CoverageState.merge($0, statement.state) } ?? statement.state
        guard let gap = statement.gap else { return }
        let part = Part(state: statement.state, gap: gap)
        guard reasons.count < Self.maximumGaps || reasons[part] != nil else { return }
        reasons[part, default: ([], [])].checks.insert(statement.check)
        if let region = statement.region { reasons[part]?.regions.insert(region) }
    }

    /// What could not be evaluated, one part for each reason: first what was denied, then by call.
    var gaps: [ScanGap] {
        reasons.map { part, extent in
            ScanGap(
                state: part.state, gap: part.gap, checks: extent.checks.sorted(), regions: extent.regions.sorted())
        }.sorted { ($0.state.rawValue, $0.gap) < ($1.state.rawValue, $1.gap) }
    }
}
