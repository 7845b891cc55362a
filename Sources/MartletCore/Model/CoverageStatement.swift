/// What a source says itself became of a check, instead of letting an import infer it from the findings.
///
/// A source that makes one such statement about an account must make them for every check that it ran or should have run
/// there: what no statement covers is not covered, and keeps what earlier scans said.
public struct CoverageStatement: Sendable, Hashable {
    /// The account the statement is about.
    public var account: AccountKey
    /// The check's id.
    public var check: String
    /// The region; nil for every region of the account that no other statement of the check names, also those that only
    /// earlier scans know. Findings that name no region are in the region with the empty name.
    public var region: String?
    /// What became of the check there.
    public var state: CoverageState
    /// Why it could not be evaluated; nil where it was.
    public var gap: CoverageGap?

    /// Makes a statement.
    public init(
        account: AccountKey, check: String, region: String? = nil, state: CoverageState, gap: CoverageGap? = nil
    ) {
        self.account = account
        self.check = check
        self.region = region
        self.state = state
        self.gap = gap
    }
}
