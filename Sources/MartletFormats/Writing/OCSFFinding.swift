import MartletCore

/// What one Detection Finding in OCSF is written from.
public struct OCSFFinding: Sendable {
    /// What the source said.
    public var observation: FindingObservation
    /// The scanner that said it, for example `prowler`; becomes the product's uid.
    public var scanner: String
    /// What is known of the account besides its identity.
    public var account: AccountDescription
    /// Identifies the finding among all of the tenant; becomes the finding's uid.
    public var fingerprint: String
    /// The id of the scan; empty when there is none.
    public var scan: String
    /// Why the finding is muted; nil when it isn't, or nobody said.
    public var mutedReason: String?

    /// Everything that one Detection Finding holds.
    public init(
        observation: FindingObservation, scanner: String, account: AccountDescription = .init(), fingerprint: String,
        scan: String = "", mutedReason: String? = nil
    ) {
        self.observation = observation
        self.scanner = scanner
        self.account = account
        self.fingerprint = fingerprint
        self.scan = scan
        self.mutedReason = mutedReason
    }
}
