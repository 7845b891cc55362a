import MartletCore
import MartletPolicy

/// One framework over several accounts: requirements by the status that counts over all of their regions.
public struct ComplianceRollUp: Sendable, Hashable {
    /// The framework's id: its file's name without `.json`.
    public var framework: String
    /// The framework's name as its file gives it.
    public var name: String
    /// The framework's version as its file gives it; may be empty.
    public var version: String
    /// Requirements by status; those of which no row tells are NOT_EVALUATED.
    public var counts: [RequirementStatus: Int64] = [:]
    /// All requirements of the framework.
    public var total: Int64 = 0
    /// Providers of the accounts that have it.
    public var providers: Set<String> = []

    /// Requirements of a status.
    public func count(_ status: RequirementStatus) -> Int64 { counts[status] ?? 0 }
}
