import MartletCore

/// What became of one of several leases that were renewed together.
public struct LeaseRenewal: Sendable, Hashable {
    /// The token of the lease.
    public var token: Int64
    /// Whether it lives on.
    public var answer: LeaseAnswer
    /// A user wants the work to end.
    public var isCancelRequested: Bool

    /// Puts an answer together.
    public init(token: Int64, answer: LeaseAnswer, isCancelRequested: Bool) {
        self.token = token
        self.answer = answer
        self.isCancelRequested = isCancelRequested
    }
}
