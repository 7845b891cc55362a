/// What a mute rule leaves alone although its conditions hold.
///
/// A finding is excepted when **every** list that is not empty matches it. Inside a list the rules are those of
/// ``MuteRule``, with two differences that keep a doubtful finding visible: `accounts` are patterns, and of a finding
/// that names several regions one matching region suffices. With four empty lists nothing is excepted.
public struct MuteExceptions: Sendable, Hashable {
    /// Patterns of account uids.
    public var accounts: [String]
    /// Patterns of regions; any one suffices.
    public var regions: [String]
    /// Patterns of resource uids or names; any one suffices.
    public var resources: [String]
    /// Patterns of `key=value`; all must match.
    public var tags: [String]

    /// Makes exceptions; without arguments there are none.
    public init(
        accounts: [String] = [], regions: [String] = [], resources: [String] = [], tags: [String] = []
    ) {
        self.accounts = accounts
        self.regions = regions
        self.resources = resources
        self.tags = tags
    }

    /// Nothing is excepted.
    public var isEmpty: Bool { accounts.isEmpty && regions.isEmpty && resources.isEmpty && tags.isEmpty }
}
