import MartletCore

/// Something cryptographic that a resource has: a key, a certificate, or a protocol that it speaks.
public struct CryptoAsset: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case key, certificate
        /// A protocol with the oldest version that is accepted.
        case `protocol`
    }

    /// What it is.
    public var kind: Kind
    /// The resource's name, its uid where it has none.
    public var name: String
    /// The account of the resource.
    public var account: AccountKey
    /// The resource's uid.
    public var resource: String
    /// Its type, as the source writes it.
    public var resourceType: String
    /// Its region; may be empty.
    public var region: String
    /// Tells apart several assets of one resource; empty where there is one of a kind.
    public var part = ""
    /// The algorithm of a key, or of a certificate's key; nil where it is not known.
    public var algorithm: CryptoAlgorithm?
    /// `tls` or `ike`; nil for what is no protocol.
    public var protocolName: String?
    /// The oldest version that is accepted; nil where it is not known.
    public var version: String?
    /// Whether it is in use; nil where nobody says.
    public var isEnabled: Bool?
    /// Kept in hardware; nil where nobody says.
    public var isHardware: Bool?
    /// When it was made.
    public var createdAt: Timestamp?
    /// From when it is valid.
    public var validFrom: Timestamp?
    /// Until when it is valid.
    public var validUntil: Timestamp?
    /// Whom a certificate is for.
    public var subject: String?
    /// Who made it.
    public var issuer: String?
    /// How a certificate is signed, as the source writes it.
    public var signature: String?
    /// The check by whose finding this is known; nil where the resource itself says it.
    public var check: String?
    /// What quantum computers make of it.
    public var readiness: QuantumReadiness

    /// An asset of a resource.
    public init(
        _ kind: Kind, of resource: ResourceObservation, account: AccountKey, readiness: QuantumReadiness
    ) {
        self.kind = kind
        name = resource.name.isEmpty ? resource.uid : resource.name
        self.account = account
        self.resource = resource.uid
        resourceType = resource.type
        region = resource.region
        self.readiness = readiness
    }

    /// A key, or what has one, of an algorithm, which tells its readiness.
    init(_ kind: Kind, of resource: ResourceObservation, account: AccountKey, algorithm: CryptoAlgorithm?) {
        self.init(kind, of: resource, account: account, readiness: algorithm?.readiness ?? .undetermined)
        self.algorithm = algorithm
    }

    /// A name for it that is the same in every inventory: a UUID made of account, resource, kind and part.
    public var reference: String {
        var hasher = ContentHasher()
        hasher.add("cryptographic asset")
        for text in [account.description, resource, kind.rawValue, part, check ?? ""] { hasher.add(text) }
        return hasher.finish().uuid(version: 8)
    }
}
