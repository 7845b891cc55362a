/// What a tenant may need without anybody asking, as it stands. Times are milliseconds of the database's clock.
public struct TenantUpkeep: Sendable, Hashable {
    /// When to look at the tenant.
    public var lookAt: Int64
    /// Whether a retention rule removes anything.
    public var hasRetentionRule = false
    /// When retention was last asked for; nil before.
    public var retainedAt: Int64?
    /// A posture has not been reached by a change of mutes or frameworks.
    public var isPending = false
    /// A mute has ended since ended mutes were last taken back.
    public var hasEndedMute = false
    /// When the next mute ends; nil when none does.
    public var nextMuteEnd: Int64?
    /// When ended jobs were last removed; nil before.
    public var jobsPrunedAt: Int64?

    /// A tenant that needs nothing.
    public init(lookAt: Int64) { self.lookAt = lookAt }
}
