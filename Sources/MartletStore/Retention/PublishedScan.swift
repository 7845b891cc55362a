import MartletCore

/// A published scan, as far as retention looks at it.
public struct PublishedScan: Sendable, Hashable {
    /// The scan's id.
    public var id: String
    /// Its generation, from 1.
    public var generation: Int64
    /// When it was published, by the database's clock.
    public var publishedAt: Timestamp

    /// Puts a scan together from its row.
    public init(id: String, generation: Int64, publishedAt: Timestamp) {
        self.id = id
        self.generation = generation
        self.publishedAt = publishedAt
    }
}
