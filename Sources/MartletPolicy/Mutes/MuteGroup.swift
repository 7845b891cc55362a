/// Rules for the same checks, by the resources they can mute; positions in the matcher's list.
struct MuteGroup: Sendable {
    /// Rules that name their resources exactly, by uid or name.
    private var byResource: [String: [Int]] = [:]
    /// All others.
    private var others: [Int] = []

    mutating func add(_ rule: CompiledMuteRule, at index: Int) {
        guard let resources = rule.exactResources else {
            others.append(index)
            return
        }
        for resource in Set(resources) { byResource[resource, default: []].append(index) }
    }

    /// Passes on each rule that may mute a finding of the resource; a rule may come twice.
    func forEachCandidate(uid: String, name: String, _ body: (Int) -> Void) {
        if !byResource.isEmpty {
            byResource[uid]?.forEach(body)
            if name != uid { byResource[name]?.forEach(body) }
        }
        others.forEach(body)
    }
}
