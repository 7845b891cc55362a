import MartletCore

extension ContentHash {
    /// The state of a resource that is made from these rows: everything that they say.
    ///
    /// Rows are values whose collections have an order.
    init(of rows: any Sendable...) {
        var hasher = ContentHasher()
        for row in rows { hasher.add(String(reflecting: row)) }
        self = hasher.finish()
    }
}
