/// A job's place in a store.
public struct JobID: Sendable, Hashable {
    /// The tenant's number in the store, from 1.
    public let tenant: Int64
    /// Unique in the tenant; a scan's job has the scan's id.
    public let id: String

    /// Puts a place together.
    public init(tenant: Int64, id: String) {
        self.tenant = tenant
        self.id = id
    }

    /// The values of `$1` and `$2`.
    var values: [Value] { [.int(tenant), .text(id)] }
}
