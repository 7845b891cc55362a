/// How long tokens hold.
public struct TokenSettings: Sendable, Hashable {
    /// Of an access token, in milliseconds.
    public var accessLifetime: Int64 = 15 * 60_000
    /// Of a refresh token, in milliseconds; each refresh gives a new one.
    public var refreshLifetime: Int64 = 24 * 3_600_000
    /// How far clocks may be apart, in milliseconds: times of a token are taken with so much indulgence.
    public var leeway: Int64 = 30_000
    /// How old a signing key gets before a new one takes over, in milliseconds.
    public var keyLifetime: Int64 = 30 * 86_400_000

    /// 15 minutes, 24 hours, 30 seconds, 30 days.
    public init() {}
}
