import MartletCore
import MartletStore

/// What has to happen to one finding of a batch: a pure function of what is stored and what is said.
struct FindingDecision {
    /// The newest version up to the published generation; closed when the finding was gone.
    var published: FindingVersion?
    /// The version of this generation.
    var own: FindingVersion?
    /// This scan has seen the finding before this batch.
    var seen: Bool

    /// The published version while it holds.
    var current: FindingVersion? { published?.closedIn == nil ? published : nil }

    /// The version whose value the scan has stated so far; nil when the scan speaks of the finding for the first time.
    var stated: FindingVersion? { own ?? (seen ? current : nil) }

    /// The stored version whose content is needed before the decision, if any.
    func needsContent(for finding: PreparedBatch.Finding) -> FindingVersion? {
        guard let stated else { return nil }
        return stated.content != finding.content || isEarlier(finding.value) ? stated : nil
    }

    /// Whether a statement moves a time of this generation's version back.
    private func isEarlier(_ value: FindingValue) -> Bool {
        guard let own else { return false }
        if published == nil, value.firstSeenAt < own.firstSeenAt { return true }
        guard let since = value.failingSince, let known = own.failingSince else { return false }
        return since < known
    }

    /// The actions of one finding.
    struct Outcome {
        /// The own version to remove.
        var remove: Int64?
        /// The version to open: its value and content.
        var open: (value: FindingValue, content: ContentHash)?
        /// The published version is replaced (true), is not (false), or stays as it was (nil).
        var replaces: Bool?
        /// The statement was merged into one of an earlier batch.
        var duplicate: Bool
    }

    /// Decides. `stored` is the content asked for by ``needsContent(for:)``.
    func decide(
        _ finding: PreparedBatch.Finding, stored: FindingContent?, hasher: inout ContentHasher
    ) -> Outcome {
        var outcome = Outcome(duplicate: stated != nil)
        var value = finding.value
        var content = finding.content
        if let stated {
            guard let stored else { return outcome }
            var earlier = FindingValue(stored, failingSince: stated.failingSince)
            if own == nil {
                // What was published counts with its values, but this scan's times are those of this scan.
                earlier.firstSeenAt = value.firstSeenAt
                earlier.failingSince = earlier.status == .fail ? value.failingSince ?? value.observedAt : nil
                earlier.observedAt = value.observedAt
            }
            value = .merge(earlier, value)
            content = value.content(&hasher)
        }
        if let current, current.content == content {
            outcome.remove = own?.id
            outcome.replaces = false
            return outcome
        }
        if let own {
            if own.content == content, !isEarlier(value) { return outcome }
            outcome.remove = own.id
        }
        outcome.open = (value, content)
        if current != nil { outcome.replaces = true }
        return outcome
    }

    /// How the opened version differs from the one before, and what it carries forward.
    func history(of value: FindingValue) -> History {
        let failing = value.status == .fail
        guard let published else {
            return History(
                delta: .new, transition: .none, everFailed: failing, firstSeenAt: value.firstSeenAt,
                failingSince: failing ? value.failingSince ?? value.observedAt : nil)
        }
        let wasFailing = current?.status == .fail
        let reopened = failing && !wasFailing && published.everFailed
        let delta: Delta =
            current == nil ? .returned : published.status == value.status ? .updated : .changed
        return History(
            delta: delta,
            transition: reopened ? .reopened : value.status == .pass && wasFailing ? .resolved : .none,
            everFailed: failing || published.everFailed, firstSeenAt: published.firstSeenAt,
            failingSince: !failing
                ? nil : wasFailing ? published.failingSince : value.failingSince ?? value.observedAt)
    }

    /// What a version carries forward.
    struct History: Hashable {
        var delta: Delta
        var transition: Transition
        var everFailed: Bool
        var firstSeenAt: Timestamp
        var failingSince: Timestamp?
    }
}
