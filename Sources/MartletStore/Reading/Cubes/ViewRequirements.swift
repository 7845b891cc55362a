import MartletPolicy

/// How one account stands with the requirements of its frameworks, over its regions.
struct ViewRequirements: Sendable {
    /// A framework of which the account has rows.
    struct Held: Sendable {
        var number: Int64
        var id: String
        var name: String
        var version: String
        /// Requirements in all, those without a row included.
        var total: Int64
    }

    /// A framework with the status of each requirement that has rows.
    struct Framework: Sendable {
        var held: Held
        var worst: [Int32: RequirementStatus]
    }

    var frameworks: [Framework]

    /// Bytes, about.
    var cost: Int { frameworks.reduce(64) { $0 + 256 + 16 * $1.worst.count } }
}
