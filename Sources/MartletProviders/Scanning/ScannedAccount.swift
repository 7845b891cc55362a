/// What is known of the account that is scanned.
public struct ScannedAccount: Sendable, Hashable {
    /// The subscription's id.
    public var id: String
    /// What people call it; empty where the identity may not read that.
    public var name = ""
    /// The directory's id; empty where it is not known.
    public var tenant = ""

    /// Knows only the id.
    public init(id: String) { self.id = id }
}
