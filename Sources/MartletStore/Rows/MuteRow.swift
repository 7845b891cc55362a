import MartletCore
import MartletPolicy

/// A mute as stored, with how many findings of the published postures it mutes now.
public struct MuteRow: Sendable {
    /// What it mutes, why, and until when.
    public var rule: MuteRule
    /// When it was stored, by the database's clock.
    public var createdAt: Timestamp
    /// Published findings of all accounts of the tenant that it mutes now; one that several mutes match counts for one
    /// of them only.
    public var findings: Int64
}
