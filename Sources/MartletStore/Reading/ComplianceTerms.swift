/// In whose terms compliance is told.
public enum ComplianceTerms: String, Sendable, Hashable, CaseIterable {
    /// Design.md, section 5: what was not evaluated is not passed.
    case martlet
    /// As Prowler App would have stored it: PASS, FAIL or MANUAL, from unmuted PASS and FAIL findings alone.
    case prowler
}
