/// A bearer token and until when it may be used. Nothing prints it.
public struct AccessToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// The token.
    let text: String
    /// When it ends.
    let expiresAt: ContinuousClock.Instant
    /// When a new one should be asked for.
    let refreshAt: ContinuousClock.Instant

    /// A token that holds for a time from now on. It is renewed five minutes before its end, or after half its life.
    init(_ text: String, lifetime: Duration) {
        self.text = text
        let now = ContinuousClock.now
        expiresAt = now + lifetime
        refreshAt = now + max(lifetime / 2, lifetime - .seconds(300))
    }

    /// Always the same.
    public var description: String { "(token)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
