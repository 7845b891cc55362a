/// What a login is checked against.
public struct UserCredentials: Sendable {
    /// The user.
    public var user: UserRow
    /// The hash of the password with its parameters; nil where an identity provider vouches for the user.
    public var password: String?
    /// Tokens of an earlier epoch are void.
    public var epoch: Int64
}
