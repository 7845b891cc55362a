/// How a finding of a scan differs from the version that was published before.
///
/// The raw value is stored in databases and never changes.
public enum Delta: Int, Sendable, Hashable, CaseIterable {
    /// Never seen before in this account.
    case new = 1
    /// Its status differs from the previous version.
    case changed = 2
    /// Only its detail, severity or the source's mute differs.
    case updated = 3
    /// Seen again after it was gone.
    case returned = 4

    /// The lower-case name that output and filters use.
    public var name: String {
        switch self {
        case .new: "new"
        case .changed: "changed"
        case .updated: "updated"
        case .returned: "returned"
        }
    }
}
