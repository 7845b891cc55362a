/// A moment in UTC with a resolution of one millisecond.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// The moment so many milliseconds after 1970 began, before it when negative; not limited to ``range``.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The earlier moment first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The range that output can express: years 0001 to 9999.
    public static let range =
        Timestamp(milliseconds: -62_135_596_800_000)...Timestamp(milliseconds: 253_402_300_799_999)
}
