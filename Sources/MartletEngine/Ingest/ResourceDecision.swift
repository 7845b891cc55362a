import MartletCore
import MartletStore

/// What has to happen to one resource of a batch: a pure function of what is stored and what is said.
struct ResourceDecision {
    /// The newest version up to the published generation; closed when the resource was gone.
    var published: ResourceVersion?
    /// The version of this generation.
    var own: ResourceVersion?
    /// This scan has seen the resource before this batch.
    var seen: Bool

    /// The published version while it holds.
    var current: ResourceVersion? { published?.closedIn == nil ? published : nil }

    /// The version whose value the scan has stated so far.
    var stated: ResourceVersion? { own ?? (seen ? current : nil) }

    /// The resource's number, if it has one.
    var number: Int64? { own?.resource ?? published?.resource }

    /// The stored version whose attributes are needed before the decision, if any.
    func needsObservation(for resource: PreparedBatch.Resource) -> ResourceVersion? {
        guard let stated, stated.content != resource.content else { return nil }
        return stated
    }

    /// The actions of one resource.
    struct Outcome {
        /// The own version to remove, with the tags it was written with.
        var remove: (id: Int64, resource: Int64, tags: [Tag])?
        /// The version to open.
        var open: (observation: ResourceObservation, content: ContentHash)?
        /// The published version is replaced (true), is not (false), or stays as it was (nil).
        var replaces: Bool?
    }

    /// Decides. `stored` is the observation asked for by ``needsObservation(for:)``.
    func decide(
        _ resource: PreparedBatch.Resource, stored: ResourceObservation?, hasher: inout ContentHasher
    ) -> Outcome {
        var outcome = Outcome()
        var observation = resource.observation
        var content = resource.content
        if let stated {
            guard stated.content != content, let stored else { return outcome }
            observation = .merge(stored, observation)
            content = observation.content(&hasher)
            if let own, own.content == content { return outcome }
        }
        if let own { outcome.remove = (own.id, own.resource, stored?.tags ?? []) }
        if let current, current.content == content {
            outcome.replaces = false
            return outcome
        }
        outcome.open = (observation, content)
        if current != nil { outcome.replaces = true }
        return outcome
    }

    /// The content that the scan has stated once the outcome is written.
    func statedContent(after outcome: Outcome, of resource: PreparedBatch.Resource) -> ContentHash {
        if let open = outcome.open { return open.content }
        if outcome.replaces == false, let current { return current.content }
        return stated?.content ?? resource.content
    }
}
