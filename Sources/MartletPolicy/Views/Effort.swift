/// How much work it is to put right what a check found, as a sum of three fields.
public struct Effort: Sendable, Hashable {
    /// A word for the sum.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// At most 2 points.
        case low
        /// 3 or 4 points.
        case medium
        /// 5 points and more.
        case high
    }

    /// How the remediation is given: 1 for a command, 2 for code, 3 for words.
    public let method: Int64
    /// 1 where rights of people or programs change, so that somebody has to be asked; else 0.
    public let rights: Int64
    /// 0 for one resource, 1 for up to 10, 2 for up to 100, 3 for more.
    public let scale: Int64

    /// The sum, 1 to 7.
    public var points: Int64 { method + rights + scale }

    /// The word for it.
    public var level: Level { points <= 2 ? .low : points <= 4 ? .medium : .high }

    /// The effort for a number of resources.
    public init(_ remedy: RemedyKind, changesRights: Bool, affected: Int64) {
        method = Int64(remedy.rawValue)
        rights = changesRights ? 1 : 0
        scale = affected <= 1 ? 0 : affected <= 10 ? 1 : affected <= 100 ? 2 : 3
    }
}
