/// How far a source has come.
public struct SourceActivity: Sendable, Hashable {
    /// Steps that have been taken; grows whenever anything happens.
    public var steps: Int
    /// The share of the work that is done, 0 to 1, as far as that can be told.
    public var share: Double
    /// For a person: `120 calls, 3 failed`.
    public var text: String

    /// Makes a report.
    public init(steps: Int, share: Double, text: String) {
        self.steps = steps
        self.share = share
        self.text = text
    }
}
