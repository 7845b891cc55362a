/// What a check's findings say of their resource where the collector's own description does not do.
public struct CheckReport: Sendable, Hashable {
    /// The resource's identifier.
    public var id: CheckExpression?
    /// Its name.
    public var name: CheckExpression?
    /// Its type.
    public var type: CheckExpression?
    /// Its region; an empty text means none.
    public var region: CheckExpression?
    /// What tells apart several findings of one resource.
    public var discriminator: CheckExpression?

    /// Overrides nothing unless told otherwise.
    public init(
        id: CheckExpression? = nil, name: CheckExpression? = nil, type: CheckExpression? = nil,
        region: CheckExpression? = nil, discriminator: CheckExpression? = nil
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.region = region
        self.discriminator = discriminator
    }
}
