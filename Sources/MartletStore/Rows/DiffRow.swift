import MartletCore

/// One difference between two scans of an account.
public struct DiffRow: Sendable, Hashable {
    /// What happened between the two scans.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Not there in the earlier scan, and never before it.
        case new
        /// Not there in the earlier scan, but before it.
        case returned
        /// FAIL now, and FAIL at some time before, but not in the earlier scan.
        case reopened
        /// The status differs (and it is neither resolved nor reopened).
        case changed
        /// Only detail, severity or mute differs.
        case updated
        /// FAIL in the earlier scan, PASS or gone now.
        case resolved
        /// There in the earlier scan and gone now, without having been FAIL.
        case gone
        /// Open, but the later scan did not cover its check and region: nobody knows.
        case unknown
    }

    /// What happened to the finding.
    public var kind: Kind
    /// The finding in the later scan, or in the earlier one where it is gone.
    public var finding: FindingRow
    /// Its status in the earlier scan; nil when it was not there.
    public var statusBefore: Status?
    /// Its status in the later scan; nil when it is gone.
    public var statusAfter: Status?
}
