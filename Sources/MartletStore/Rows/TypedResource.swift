import MartletCore

/// A resource with what identifies it, without counts.
public struct TypedResource: Sendable, Hashable {
    /// The number by which findings name it.
    public var number: ResourceNumber
    /// Its account.
    public var account: AccountKey
    /// Its attributes.
    public var resource: ResourceObservation
}
