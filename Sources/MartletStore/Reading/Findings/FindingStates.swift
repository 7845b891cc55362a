import MartletCore

/// Which versions a filter's deltas ask for.
struct FindingStates {
    let deltas: Set<FindingDelta>

    /// Findings that no longer hold are wanted, too; no index of current findings has them.
    var includesGone: Bool { deltas.contains(.gone) || deltas.contains(.resolved) }

    /// What a scan wrote is wanted, and nothing that was there before.
    var isOfScanOnly: Bool { !deltas.isEmpty && !deltas.contains(.unchanged) }

    /// The condition on versions `f` that hold at a generation, or were closed in it where deltas ask for that.
    func condition(current: Bool, generation: String) -> String {
        let holds =
            current
            ? "f.closed_in IS NULL AND f.opened_in <= \(generation)"
            : "f.opened_in <= \(generation) AND (f.closed_in IS NULL OR f.closed_in > \(generation))"
        guard !deltas.isEmpty else { return holds }
        // In two parts, each of which is a range of an index.
        let opened =
            current
            ? "(\(holds) AND f.opened_in = \(generation)"
            : "((f.closed_in IS NULL AND f.opened_in = \(generation) OR f.closed_in > \(generation) "
                + "AND f.opened_in = \(generation))"
        let gone = "(f.closed_in = \(generation) AND f.closed_as = \(Closings.Reason.gone.rawValue)"
        let parts = deltas.map { delta in
            switch delta {
            case .new: "\(opened) AND f.delta = \(Delta.new.rawValue))"
            case .changed: "\(opened) AND f.delta = \(Delta.changed.rawValue))"
            case .updated: "\(opened) AND f.delta = \(Delta.updated.rawValue))"
            case .returned: "\(opened) AND f.delta = \(Delta.returned.rawValue))"
            case .unchanged: "(\(holds) AND f.opened_in < \(generation))"
            case .gone: "\(gone))"
            case .reopened: "\(opened) AND f.transition = \(Transition.reopened.rawValue))"
            case .resolved:
                "\(opened) AND f.transition = \(Transition.resolved.rawValue)) OR \(gone) AND f.status = \(Status.fail.rawValue))"
            }
        }
        return "(\(parts.sorted().joined(separator: " OR ")))"
    }

    /// The same of a version that holds.
    func matches(_ key: FindingKey, generation: Int64) -> Bool {
        guard !deltas.isEmpty else { return true }
        return deltas.contains { delta in
            guard key.openedIn == generation else { return delta == .unchanged }
            switch delta {
            case .new: return key.delta == Delta.new.rawValue
            case .changed: return key.delta == Delta.changed.rawValue
            case .updated: return key.delta == Delta.updated.rawValue
            case .returned: return key.delta == Delta.returned.rawValue
            case .reopened: return key.transition == Transition.reopened.rawValue
            case .resolved: return key.transition == Transition.resolved.rawValue
            case .unchanged, .gone: return false
            }
        }
    }
}
