import MartletCore

/// What a collector's items are as resources.
public struct CollectorResource: Sendable, Hashable {
    /// The provider's full identifier.
    public var id = CollectorText.path(FieldPath(keys: ["id"]), isWord: false)
    /// The name.
    public var name = CollectorText.path(FieldPath(keys: ["name"]), isWord: false)
    /// The type, as the provider writes it.
    public var type = CollectorText.path(FieldPath(keys: ["type"]), isWord: false)
    /// The region; a resource without one is `global`.
    public var region = CollectorText.path(FieldPath(keys: ["location"]), isWord: false)
    /// An object of texts.
    public var tags = FieldPath(keys: ["tags"])
    /// What is kept of it as its metadata, in the order of the file; what is not there, and what belongs to children that
    /// the chosen checks do not need, is left out.
    public var keep: [CollectorDetail] = []

    /// The usual places of Azure Resource Manager.
    public init() {}
}
