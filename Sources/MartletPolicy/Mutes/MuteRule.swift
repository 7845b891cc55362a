import MartletCore

/// A standing decision not to count certain findings, with a reason.
///
/// It mutes a finding when all its conditions hold and its ``exceptions`` don't. An empty list is no condition. Patterns
/// are ``GlobPattern``s: anchored and case-sensitive. Whether a rule mutes a finding depends on the two alone, never on
/// other rules or their order.
public struct MuteRule: Sendable, Hashable {
    /// The rule's identity, unique among the rules of a tenant; never empty.
    public var id: String
    /// Account uids, exact, or `*` for all; any one suffices.
    public var accounts: [String]
    /// Patterns of check ids; any one suffices.
    public var checks: [String]
    /// Patterns of regions. A finding that names several regions matches when each of them matches one of the patterns;
    /// one that names none matches only where a pattern consists of `*`.
    public var regions: [String]
    /// Patterns of which one must match the resource's uid or its name. A resource without a name has only its uid.
    public var resources: [String]
    /// Patterns of `key=value`, each of which must match a tag of the resource. One pattern may give alternatives,
    /// separated by `|` (a literal one is `\|`). The pattern `*` also matches a resource without tags.
    public var tags: [String]
    /// Fingerprints of findings, 32 hexadecimal digits each; any one suffices.
    public var findings: [String] = []
    /// What is left alone nevertheless.
    public var exceptions: MuteExceptions
    /// Why; shown wherever the finding is.
    public var reason: String
    /// Who answers for it; may be empty.
    public var owner: String
    /// From this moment on the rule mutes nothing; nil for one without end.
    public var expiresAt: Timestamp?
    /// Where the rule comes from.
    public var origin: MuteOrigin

    /// Makes a rule; what is not given is no condition. Nothing is checked here: ``validate()`` and ``MuteMatcher`` do.
    public init(
        id: String, accounts: [String] = [], checks: [String] = [], regions: [String] = [], resources: [String] = [],
        tags: [String] = [], exceptions: MuteExceptions = MuteExceptions(), reason: String, owner: String = "",
        expiresAt: Timestamp? = nil, origin: MuteOrigin = .cli
    ) {
        self.id = id
        self.accounts = accounts
        self.checks = checks
        self.regions = regions
        self.resources = resources
        self.tags = tags
        self.exceptions = exceptions
        self.reason = reason
        self.owner = owner
        self.expiresAt = expiresAt
        self.origin = origin
    }

    /// Throws ``MartletError`` (`invalidInput`) with the rule's id and field as its place when the id or the reason is
    /// empty, or a pattern is not one.
    public func validate() throws {
        guard !id.isEmpty else { throw MartletError(.invalidInput, "a mute rule needs an id") }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw MartletError(.invalidInput, "a mute rule needs a reason", place: "mute rule \(id), reason")
        }
        _ = try CompiledMuteRule(self)
    }

    /// Whether the rule no longer mutes anything at a moment.
    public func isExpired(at now: Timestamp) -> Bool { expiresAt.map { $0 <= now } ?? false }
}
