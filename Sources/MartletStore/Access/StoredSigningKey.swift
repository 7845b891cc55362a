import MartletCore

/// A key that signs access tokens, as the table holds it.
public struct StoredSigningKey: Sendable, Hashable {
    /// The `kid` of tokens.
    public var id: String
    /// The sealed bytes of the private key.
    public var sealed: [UInt8]
    /// The id of the key that sealed it.
    public var keyID: String
    /// When it was made.
    public var createdAt: Timestamp

    /// Puts one together.
    public init(id: String, sealed: [UInt8], keyID: String, createdAt: Timestamp) {
        self.id = id
        self.sealed = sealed
        self.keyID = keyID
        self.createdAt = createdAt
    }
}
