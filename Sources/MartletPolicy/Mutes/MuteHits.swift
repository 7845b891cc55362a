/// What a mute rule did to the findings it was asked about.
public struct MuteHits: Sendable, Hashable {
    /// The rule.
    public var rule: MuteRule
    /// The findings that it muted.
    public var muted: Int
    /// It matched at least one finding, be it that another rule muted it.
    public var matched: Bool

    /// Makes a statement from its parts.
    public init(rule: MuteRule, muted: Int, matched: Bool) {
        self.rule = rule
        self.muted = muted
        self.matched = matched
    }
}
