/// A framework that the tenant has.
public struct FrameworkRow: Sendable, Hashable {
    /// The file's name without `.json`.
    public var id: String
    /// The framework's name as its file gives it, for example `CIS`.
    public var name: String
    /// The name in full; may be the same as ``name``.
    public var title: String
    /// The version as the file gives it; may be empty.
    public var version: String
    /// The providers it has checks for, sorted.
    public var providers: [String]
    /// Requirements, those of the same id counted once.
    public var requirements: Int64
    /// Distinct checks over all providers.
    public var checks: Int64
    /// 32 hexadecimal digits of the content's hash.
    public var contentHash: String
}
