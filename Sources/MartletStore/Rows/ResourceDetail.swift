import MartletCore

/// A resource with what identifies it.
public struct ResourceDetail: Sendable, Hashable {
    /// The number by which findings name it.
    public var number: ResourceNumber
    /// The resource with its counts.
    public var row: ResourceRow
}
