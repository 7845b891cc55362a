import MartletCore
import MartletStore

/// How an import is done.
public struct ImportOptions: Sendable {
    /// What the file is taken to have covered.
    public var scope: ImportScope = .matrix
    /// What the source was asked to limit itself to; nothing outside of it is closed, whatever the scope.
    public var filters = ScanFilters()
    /// The first statement that cannot be used fails the import.
    public var strict = false
    /// The scanner's configuration, for config constraints; a section per provider, or one provider's section itself.
    public var config: JSONValue?
    /// Accept a file older than the published scan.
    public var history = false
    /// Do not read again what the source says word for word as before. The result is the same; off, it takes longer.
    public var recognisesStatements = true
    /// How long to wait for another import of the same account, in seconds. Longer than a lease lives, so that the
    /// account of a killed process becomes free meanwhile.
    public var waitSeconds: Double = 10
    /// How long a lease lives without renewal, in milliseconds (design.md, section 4).
    public var leaseMilliseconds: Int64 = 7_000

    /// What belongs into the transaction that begins the scan of an account; it gets the scan's id. A worker's scans were
    /// begun by whoever asked for them.
    public var claimed: @Sendable (String, AccountKey, any Connection) throws -> Void = { _, _, _ in }

    /// The defaults: scope `matrix`, unusable statements rejected and the rest used, no older files.
    public init() {}
}
