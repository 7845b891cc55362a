import MartletCore

extension Requirement {
    /// How bad a failure is, 1 to 5; from the first attribute's `LevelOfRisk`. Nil when it has none that is such a number
    /// (other frameworks use the key for words such as `High`).
    public var levelOfRisk: Int? {
        guard let value = attributes.first?["LevelOfRisk"]?.intValue, Self.riskRange.contains(value) else { return nil }
        return Int(value)
    }

    /// How much the requirement counts, 0 to 1,000,000; from the first attribute's `Weight`. Nil when it has none.
    public var weight: Int? {
        guard let value = attributes.first?["Weight"]?.intValue, Self.weightRange.contains(value) else { return nil }
        return Int(value)
    }

    /// The first attribute's `Section`; nil when it has none.
    public var section: String? { attributes.first?["Section"]?.stringValue }

    static let riskRange: ClosedRange<Int64> = 1...5
    /// The upper end keeps sums of weights exact in a `Double`.
    static let weightRange: ClosedRange<Int64> = 0...1_000_000
}
