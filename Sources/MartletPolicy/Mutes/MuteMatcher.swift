import MartletCore

/// Finds the mute rule of a finding among many, and remembers which rules ever matched.
///
/// Of several rules that match, the one with the smallest id is the finding's; so neither the order of the rules nor
/// that of the findings matters. Rules for exact checks or exact resources cost nothing where those do not occur: only
/// rules with wildcards in both are tried one after the other.
public struct MuteMatcher: Sendable {
    /// Ascending by id; everything else counts by position here.
    private let rules: [CompiledMuteRule]
    private var byCheck: [String: MuteGroup] = [:]
    private var anyCheck = MuteGroup()
    private var matched: [Bool]
    private var counts: [Int]

    /// Compiles rules. Throws ``MartletError`` (`invalidInput`) for a pattern that is not one, and for two rules with
    /// the same id.
    public init(_ rules: [MuteRule]) throws {
        let sorted = rules.sorted { $0.id < $1.id }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.id == right.id {
            throw MartletError(.invalidInput, "two mute rules have the id \(left.id)", place: "mute rule \(left.id)")
        }
        self.rules = try sorted.map { try CompiledMuteRule($0) }
        matched = [Bool](repeating: false, count: sorted.count)
        counts = [Int](repeating: 0, count: sorted.count)
        for (index, rule) in self.rules.enumerated() {
            if let checks = rule.exactChecks {
                for check in Set(checks) { byCheck[check, default: MuteGroup()].add(rule, at: index) }
            } else {
                anyCheck.add(rule, at: index)
            }
        }
    }

    /// The rule that mutes a finding, nil when none does.
    ///
    /// `regions` are those that the finding names, `account` is the account's uid, and rules that have expired at `now`
    /// do not count. Without a fingerprint no rule matches that names findings.
    public mutating func match(
        check: String, regions: [String], resourceUID: String, resourceName: String, tags: [Tag], account: String,
        fingerprint: ContentHash? = nil, now: Timestamp
    ) -> MuteRule? {
        if rules.isEmpty { return nil }
        var target = MuteTarget(
            check: check, regions: regions, resourceUID: resourceUID, resourceName: resourceName, tags: tags,
            account: account, fingerprint: fingerprint)
        var best: Int?
        if let group = byCheck[check] { consider(group, &target, now, &best) }
        consider(anyCheck, &target, now, &best)
        guard let best else { return nil }
        counts[best] += 1
        return rules[best].rule
    }

    /// Every rule with the number of findings that it muted so far, and whether it matched any at all: one that matched
    /// only findings of rules with smaller ids muted none, but is not stale. Ascending by id.
    public var hits: [MuteHits] {
        rules.indices.map { MuteHits(rule: rules[$0].rule, muted: counts[$0], matched: matched[$0]) }
    }

    /// The rules that matched none of the findings so far, ascending by id.
    public var unmatched: [MuteRule] {
        rules.indices.filter { !matched[$0] }.map { rules[$0].rule }
    }

    /// Rules after the best one can no longer win; they are tried only until their first match is known.
    private mutating func consider(
        _ group: MuteGroup, _ target: inout MuteTarget, _ now: Timestamp, _ best: inout Int?
    ) {
        group.forEachCandidate(uid: target.resourceUID, name: target.resourceName) { index in
            if let best, index >= best, matched[index] { return }
            guard rules[index].mutes(&target, now: now) else { return }
            matched[index] = true
            best = min(best ?? index, index)
        }
    }
}
