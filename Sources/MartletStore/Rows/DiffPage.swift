/// A part of the differences between scans.
public struct DiffPage: Sendable, Hashable {
    /// Which scans are compared.
    public var header: DiffHeader
    /// The differences, in the order of the list.
    public var rows: [DiffRow]
    /// Where the next page begins; nil when the list ends here. A page may have fewer rows than asked for, even none,
    /// and yet a next page.
    public var next: DiffCursor?
}
