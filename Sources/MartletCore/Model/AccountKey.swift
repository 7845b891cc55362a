/// What identifies an account inside a tenant: its provider and the provider's own id for it.
public struct AccountKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The platform whose numbering ``uid`` belongs to.
    public let provider: Provider
    /// An AWS account id, Azure subscription, GCP project, cluster, repository, …; never empty.
    public let uid: String

    /// Makes a key. Nothing is checked: whoever reads a source rejects an empty uid before.
    public init(provider: Provider, uid: String) {
        self.provider = provider
        self.uid = uid
    }

    /// `provider/uid`.
    public var description: String { "\(provider.name)/\(uid)" }

    /// By provider, then uid: the order of listings.
    public static func < (left: AccountKey, right: AccountKey) -> Bool {
        left.provider == right.provider ? left.uid < right.uid : left.provider < right.provider
    }
}
