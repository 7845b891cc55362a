/// A part of a list of findings.
public struct FindingPage: Sendable, Hashable {
    /// The findings, in the order of the list.
    public var rows: [FindingRow]
    /// Where the next page begins; nil when the list ends here. A page whose filter is decided on texts or names may have
    /// fewer rows than asked for, even none, and yet a next page: the rows read for one page are bounded.
    public var next: FindingCursor?
}
