/// What a login gives.
public struct TokenPair: Sendable, Hashable {
    /// The id of the session.
    public var session: String
    /// The token that requests carry.
    public var access: String
    /// The token that a new pair is given for, once.
    public var refresh: String
}
