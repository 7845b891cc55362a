import MartletCore

extension MartletError.Code {
    /// The credentials are wrong, expired or revoked; deliberately not said which.
    public static let unauthenticated = Self("unauthenticated")
    /// Whoever asks is known and may not do this.
    public static let forbidden = Self("forbidden")
    /// It was there and is over, such as an invitation.
    public static let gone = Self("gone")
    /// Too many failed logins, or too many at once.
    public static let throttled = Self("throttled")
}

extension MartletError {
    /// The one answer to every login that fails.
    static let wrongLogin = MartletError(.unauthenticated, "No active account was found with these credentials.")
    /// The one answer to every token that does not hold.
    static let wrongToken = MartletError(.unauthenticated, "The token is invalid or has expired.")
    /// The one answer to every API key that does not hold.
    static let wrongKey = MartletError(.unauthenticated, "The API key is invalid, revoked or has expired.")

    static func forbidden(_ message: String) -> MartletError { MartletError(.forbidden, message) }
    static func unknown(_ thing: String) -> MartletError { MartletError(.notFound, "There is no such \(thing).") }
}
