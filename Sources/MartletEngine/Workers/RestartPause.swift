/// How long to wait before something that has ended is started again: pure, in milliseconds.
///
/// The pause doubles with every end that comes soon after its start, and begins anew after one that lived long enough.
/// Its second half is random, so that many programs on one broken database don't come back together.
public struct RestartPause: Sendable, Hashable {
    /// The first pause.
    public var shortest: Int64 = 500
    /// No pause is longer.
    public var longest: Int64 = 60_000
    /// What has lived so long was well.
    public var healthy: Int64 = 60_000
    /// Ends in a row that came too soon.
    public private(set) var failures = 0

    /// The defaults.
    public init() {}

    /// Notes an end; gives the pause before the next start.
    public mutating func next(
        after lived: Int64, using generator: inout some RandomNumberGenerator
    ) -> Int64 {
        if lived >= healthy { failures = 0 }
        let bound = bound
        failures += 1
        return Int64.random(in: bound / 2...bound, using: &generator)
    }

    /// The longest that the next pause may be.
    public var bound: Int64 {
        let floor = max(shortest, 1)
        // Beyond this the product says nothing that `longest` does not say.
        guard failures < 32, floor <= longest >> Int64(failures) else { return max(longest, 1) }
        return floor << Int64(failures)
    }
}
