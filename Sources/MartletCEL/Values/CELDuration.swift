/// A span of time in whole nanoseconds, at most about 292 years either way.
public struct CELDuration: Sendable, Hashable, Comparable {
    /// The length; negative for a span back.
    public let nanoseconds: Int64

    /// A span of some nanoseconds.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The shorter comes first; negative spans before all others.
    public static func < (left: CELDuration, right: CELDuration) -> Bool { left.nanoseconds < right.nanoseconds }
}
