/// What became of a login.
public enum LoginOutcome: Sendable, Hashable {
    /// It succeeded.
    case tokens(TokenPair)
    /// Email, password or tenant are not right.
    case refused
    /// Too many have failed; nothing was looked at. May be tried again after so many seconds.
    case throttled(seconds: Int)
}
