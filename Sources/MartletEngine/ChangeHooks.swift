import MartletStore

/// What whoever asks for a change wants to have in its transaction, too.
///
/// Where a step throws, nothing is changed.
public struct ChangeHooks: Sendable {
    /// A part of a transaction.
    public typealias Step = @Sendable (any Connection) throws -> Void

    /// Runs when nobody else can change the thing any more; refuses the change by throwing.
    public var before: Step
    /// Runs behind the change, such as to write it down.
    public var after: Step

    /// Steps before and behind a change.
    public init(before: @escaping Step = { _ in }, after: @escaping Step = { _ in }) {
        self.before = before
        self.after = after
    }

    /// Nothing but the change.
    public static let none = ChangeHooks()
}
