import MartletCore

/// An account's findings at one posture, counted by everything that overviews ask for: a few thousand numbers that stand for
/// any number of findings.
public struct AccountCube: Sendable {
    /// Findings that are alike in everything that counts.
    public struct Cell: Sendable, Hashable {
        /// The check's number.
        public var check: Int64
        /// The number of the set of regions.
        public var regions: Int64
        /// What the check said.
        public var status: Status
        /// How bad a FAIL of it is.
        public var severity: Severity
        /// By the source or by a mute.
        public var isMuted: Bool
        /// How they differ from the scan before; nil where they don't.
        public var delta: Delta?
        /// Findings of this kind, at least 1.
        public var count: Int64
        /// When the first of them was first seen.
        public var firstSeenAt: Timestamp
        /// Since when the longest of them fails; nil where none does.
        public var failingSince: Timestamp?
    }

    /// Resources that a check speaks of.
    public struct Resources: Sendable, Hashable {
        /// Those with an unmuted FAIL.
        public var failed: Int64 = 0
        /// All of them.
        public var total: Int64 = 0

        /// No resources.
        public init() {}
    }

    /// The account.
    public var account: AccountKey
    /// Its number.
    public var number: Int64
    /// When the source of the scan looked.
    public var observedAt: Timestamp
    /// In no order that matters.
    public var cells: [Cell] = []
    /// By the check's number.
    public var resourcesOfCheck: [Int64: Resources] = [:]
    /// Which text holds for a check's number.
    public var textOfCheck: [Int64: Int64] = [:]

    /// A measure of its size in memory, in bytes.
    var cost: Int { 96 * (cells.count + resourcesOfCheck.count + textOfCheck.count) + 256 }
}
