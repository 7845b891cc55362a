import MartletCore

/// An account with its published posture.
public struct AccountRow: Sendable, Hashable {
    /// The account's provider and uid.
    public var account: AccountKey
    /// The name that a source gave last; empty when none ever did.
    public var name: String
    /// The id of the organisation that a source gave last; empty when none ever did.
    public var organization: String
    /// The name of that organisation; empty when no source ever gave it.
    public var organizationName: String
    /// 0 while nothing has been published.
    public var published: Int64
    /// The scan that is published; nil while there is none.
    public var scan: String?
    /// When the source of the published scan looked.
    public var observedAt: Timestamp?
    /// When the scan was published.
    public var publishedAt: Timestamp?
    /// Raised by every visible change.
    public var postureVersion: Int64
    /// A change of mutes or frameworks has not reached this account yet.
    public var pending: Bool
    /// Unmuted findings by status and severity, muted findings, of the published posture.
    public var summary: PostureSummary
    /// Resources that held after the published scan; 0 while there is none.
    public var resources: Int64
}
