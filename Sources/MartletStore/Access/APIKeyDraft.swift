import MartletCore

/// An API key to be made.
public struct APIKeyDraft: Sendable, Hashable {
    /// The public half.
    public var prefix: String
    /// The hash of the secret half.
    public var secret: [UInt8]
    /// Unique in the tenant.
    public var name: String
    /// The id of the user for whom it speaks.
    public var user: String
    /// The permissions to which it is limited; nil where it may do all that its user may.
    public var scopes: Permissions?
    /// From when on it is refused.
    public var expiresAt: Timestamp

    /// Puts one together.
    public init(
        prefix: String, secret: [UInt8], name: String, user: String, scopes: Permissions?, expiresAt: Timestamp
    ) {
        self.prefix = prefix
        self.secret = secret
        self.name = name
        self.user = user
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}
