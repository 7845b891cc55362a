/// A statement that a source repeats word for word, so that nothing but its time was read.
public struct RecognisedStatement: Sendable, Hashable {
    /// What the store knows of it.
    public var known: KnownStatements.Entry
    /// When the source looked this time.
    public var observedAt: Timestamp

    /// A repeated statement.
    public init(known: KnownStatements.Entry, observedAt: Timestamp) {
        self.known = known
        self.observedAt = observedAt
    }
}
