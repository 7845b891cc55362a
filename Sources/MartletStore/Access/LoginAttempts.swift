import MartletCore

/// Failed logins of one email, or of one address.
public struct LoginAttempts: Sendable, Hashable {
    /// How many in a row.
    public var failures: Int64
    /// The last one.
    public var lastAt: Timestamp
    /// Until when no other is looked at.
    public var blockedUntil: Timestamp

    /// Puts one together.
    public init(failures: Int64, lastAt: Timestamp, blockedUntil: Timestamp) {
        self.failures = failures
        self.lastAt = lastAt
        self.blockedUntil = blockedUntil
    }
}
