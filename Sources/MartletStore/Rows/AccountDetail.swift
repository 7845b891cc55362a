import MartletCore

/// An account as programs manage it.
public struct AccountDetail: Sendable, Hashable {
    /// The account's number in its tenant.
    public var number: Int64
    /// The account's provider and uid.
    public var key: AccountKey
    /// What a user calls it; nil where nobody named it.
    public var alias: String?
    /// The name that a source gave last; empty when none ever did.
    public var name: String
    /// When it came into the store; the time of its first scan where nobody wrote it down.
    public var createdAt: Timestamp
    /// When a user changed it last, or it was made.
    public var updatedAt: Timestamp
    /// How the last test of the connection ended; nil before the first.
    public var isConnected: Bool?
    /// When that was.
    public var checkedAt: Timestamp?
    /// 0 while nothing has been published.
    public var published: Int64
    /// The scan that is published; nil while there is none.
    public var scan: String?
    /// When the scan was published.
    public var publishedAt: Timestamp?
    /// When the source of the published scan looked.
    public var observedAt: Timestamp?
    /// Raised by every visible change.
    public var postureVersion: Int64
    /// A change of mutes or frameworks has not reached this account yet.
    public var isPending: Bool

    /// The account's UUID.
    public var identifier: String { key.identifier }
    /// What to call it: the alias, else the source's name, else nil.
    public var shownName: String? { alias ?? (name.isEmpty ? nil : name) }
}
