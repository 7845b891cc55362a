/// A secret as the table holds it.
public struct StoredSecret: Sendable {
    /// The name, unique within its tenant.
    public var name: String
    /// What it is made of, by the word of whoever sealed it.
    public var kind: String
    /// The sealed bytes.
    public var sealed: [UInt8]
    /// The id of the key that sealed it.
    public var keyID: String

    /// Puts one together.
    public init(name: String, kind: String, sealed: [UInt8], keyID: String) {
        self.name = name
        self.kind = kind
        self.sealed = sealed
        self.keyID = keyID
    }
}
