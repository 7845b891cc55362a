import MartletCore

/// One finding as a reader sees it at one generation.
public struct FindingRow: Sendable, Hashable {
    /// The finding's identity: 32 hexadecimal digits.
    public var fingerprint: String
    /// The account the finding is of.
    public var account: AccountKey
    /// The check with the text that held at the generation; only its id where no source gave one.
    public var check: CheckMetadata
    /// What the check said of the resource.
    public var status: Status
    /// How bad a FAIL of it is.
    public var severity: Severity
    /// Muted by the source or by a mute.
    public var muted: Bool
    /// The reason of the mute that matched; nil when the finding isn't muted or the source muted it without a reason.
    public var mutedReason: String?
    /// How it differs from the version before, in the scan that is read; ``FindingDelta/unchanged`` when it doesn't.
    public var delta: FindingDelta
    /// Sorted; empty when the finding names none.
    public var regions: [String]
    /// The resource with its attributes and tags at the same generation.
    public var resource: ResourceObservation
    /// Tells apart what one check says twice of one resource; part of the identity. Imports take the resource's name as
    /// this statement gave it, which may differ from the merged one in ``resource``.
    public var discriminator: String
    /// The source's sentences about this resource; may be empty.
    public var detail: String
    /// When the finding was seen first, in the time of its source; carried on from version to version.
    public var firstSeenAt: Timestamp
    /// Nil when the status isn't FAIL.
    public var failingSince: Timestamp?
    /// The scan that wrote the version that is shown.
    public var scan: String
    /// The time of the source of the scan that is read.
    public var observedAt: Timestamp
    /// The scanner that made the statement.
    public var source: String
    /// When the version that is shown was first observed, in the time of its source.
    public var updatedAt: Timestamp
    /// The number of its resource, with that of its account.
    public var resourceNumber: ResourceNumber

    /// The finding's identity as a UUID.
    public var identifier: String { ContentHash(hex: fingerprint)?.uuid ?? "" }

    /// What Prowler calls the finding in its own output: source, provider, check, account, region and the resource's name.
    /// Several findings may share it.
    public var sourceUID: String {
        let parts = [source, account.provider.name, check.check, account.uid, regions.first ?? "", discriminator]
        return parts.joined(separator: "-")
    }
}
