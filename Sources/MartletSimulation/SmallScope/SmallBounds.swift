/// How far the exhaustive search goes. Time is abstract: a lease may run out at any moment, a message may take for ever.
public struct SmallBounds: Sendable, Hashable, CustomStringConvertible {
    /// Whether both jobs are about one account; each has its own otherwise.
    public var isOneAccount: Bool
    /// Failures of a job, the last of which ends it.
    public var attempts: Int64
    /// Losses of a job, by crashes, stops, and answers that never come; the last ends it.
    public var losses: Int64
    /// Cancels by users, in all.
    public var cancels: Int
    /// Mutes by users, in all.
    public var mutes: Int
    /// Jobs that workers hand back, in all.
    public var handBacks: Int
    /// States after which the search gives up.
    public var states = 20_000_000

    /// Puts bounds together. With two losses a job is taken over once.
    public init(
        isOneAccount: Bool = true, attempts: Int64 = 1, losses: Int64 = 2, cancels: Int = 0, mutes: Int = 0,
        handBacks: Int = 0
    ) {
        self.isOneAccount = isOneAccount
        self.attempts = attempts
        self.losses = losses
        self.cancels = cancels
        self.mutes = mutes
        self.handBacks = handBacks
    }

    /// Each with something else in the foreground, so that all can be searched in seconds.
    public static let small: [SmallBounds] = [
        SmallBounds(), SmallBounds(attempts: 2, losses: 1, handBacks: 1),
        SmallBounds(losses: 1, cancels: 1, mutes: 1), SmallBounds(isOneAccount: false, losses: 1),
    ]

    /// Those, and more that take a minute.
    public static let large: [SmallBounds] =
        small + [
            SmallBounds(attempts: 2), SmallBounds(cancels: 1), SmallBounds(mutes: 1),
            SmallBounds(isOneAccount: false, losses: 1, cancels: 1),
        ]

    /// The bounds, for people.
    public var description: String {
        "2 workers, 2 jobs of \(isOneAccount ? "one account" : "two accounts"), at most \(attempts) failures and "
            + "\(losses) losses a job, \(cancels) cancels, \(mutes) mutes, \(handBacks) hand-backs"
    }
}
