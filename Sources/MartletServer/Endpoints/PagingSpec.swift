/// How a list is paged.
public struct PagingSpec: Sendable, Hashable {
    /// Entries of a page unless the client says otherwise.
    public let size: Int
    /// The most entries of a page; a larger `page[size]` counts as this.
    public let maximum: Int
    /// Whether `page[after]` is understood.
    public let cursors: Bool
    /// Whether `page[disable]=true` gives up to `maximum` entries at once, as clients of Prowler ask of accounts.
    public let disable: Bool

    /// A way of paging.
    public init(size: Int = 10, maximum: Int = 1000, cursors: Bool = false, disable: Bool = false) {
        self.size = size
        self.maximum = maximum
        self.cursors = cursors
        self.disable = disable
    }
}
