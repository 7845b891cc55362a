/// What a sealed secret is bound to: opened under another label it is refused, so that no row can be passed off as
/// another tenant's or another secret's.
public struct SecretLabel: Sendable, Hashable {
    /// The tenant's number in the store.
    public let tenant: Int64
    /// The secret's name.
    public let name: String
    /// The secret's kind, as databases hold it.
    public let kind: String

    /// Puts a label together.
    public init(tenant: Int64, name: String, kind: String) {
        self.tenant = tenant
        self.name = name
        self.kind = kind
    }

    /// The associated data: every part with a fixed length or behind its length, so that no two labels are the same
    /// bytes. Never changes within a version of the format.
    func associated(header: some Sequence<UInt8>) -> [UInt8] {
        var bytes = Array(header)
        withUnsafeBytes(of: tenant.bigEndian) { bytes.append(contentsOf: $0) }
        for text in [name, kind] {
            withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }
}
