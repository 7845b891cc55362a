/// How a finding of one scan differs from the scan before, as filters and output name it.
public enum FindingDelta: String, Sendable, Hashable, CaseIterable {
    /// Never seen before in this account.
    case new
    /// The status differs.
    case changed
    /// Only detail, severity or the source's mute differs.
    case updated
    /// Seen, and the same as before; also where the scan did not cover it.
    case unchanged
    /// Seen again after it was gone.
    case returned
    /// Its check and region were evaluated and it wasn't seen.
    case gone
    /// It was FAIL and is now PASS or gone.
    case resolved
    /// It is FAIL again after it was not.
    case reopened
}
