import MartletCore

/// The ThreatScore of one account by one framework, as stored.
public struct ScoreRow: Sendable, Hashable {
    /// The account that is scored.
    public var account: AccountKey
    /// The framework's id: its file's name without `.json`.
    public var framework: String
    /// 0 to 100 with two decimals; nil when nothing was evaluated.
    public var score: Double?
    /// The document `threatscore -o json` prints below the account and framework: sections, critical list, requirements.
    public var document: JSONValue
}
