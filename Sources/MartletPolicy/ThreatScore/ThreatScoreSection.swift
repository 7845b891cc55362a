/// The score of one section.
public struct ThreatScoreSection: Sendable, Hashable {
    /// The section's name as the framework gives it.
    public var name: String
    /// 0 to 100 with two decimals; nil when nothing in the section was evaluated.
    public var score: Double?

    /// Makes a section's score from its parts.
    public init(name: String, score: Double?) {
        self.name = name
        self.score = score
    }
}
