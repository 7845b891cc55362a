/// How many entries a list has in all.
public struct ListCount: Sendable, Hashable {
    /// The number.
    public let value: Int
    /// Whether it is exact; otherwise an estimate, and answers say so.
    public let isExact: Bool

    /// A number that was counted.
    public static func exact(_ value: Int) -> ListCount { ListCount(value: value, isExact: true) }

    /// A number of which only the magnitude is known.
    public static func estimate(_ value: Int) -> ListCount { ListCount(value: value, isExact: false) }
}
