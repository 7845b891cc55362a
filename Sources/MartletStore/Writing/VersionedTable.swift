import MartletCore

/// A table of small versioned rows whose new state is given whole and whose differences alone are written.
///
/// The primary key is tenant, account, `keys`, `opened_in`; `keys` are integers (a finding's fingerprint excepted).
struct VersionedTable {
    let name: String
    let keys: [String]
    let values: [(name: String, type: Stage.ColumnType)]
    /// What happens to rows that the new state does not name.
    let absence: Absence

    enum Absence {
        /// They are closed.
        case closes
        /// They go on: the new state speaks of a part only.
        case keeps
    }

    static let coverage = VersionedTable(
        name: "coverage", keys: ["source", "check_id"], values: [("regions", .bytes)], absence: .keeps)
    static let checkHoldings = VersionedTable(
        name: "check_holdings", keys: ["source", "check_id"], values: [("check_text", .int)], absence: .keeps)
    static let complianceRows = VersionedTable(
        name: "compliance_rows", keys: ["framework", "requirement"], values: [("regions", .bytes)], absence: .closes)
    static let frameworkSummaries = VersionedTable(
        name: "framework_summaries", keys: ["framework"],
        values: [
            ("passed", .int), ("failed", .int), ("manual", .int), ("errored", .int), ("incomplete", .int),
            ("muted", .int), ("not_evaluated", .int),
        ], absence: .closes)
    static let scores = VersionedTable(
        name: "scores", keys: ["framework"], values: [("score", .real), ("document", .text)], absence: .closes)
    static let postures = VersionedTable(
        name: "postures", keys: ["status", "severity", "muted"], values: [("findings", .int)], absence: .closes)
    static let findingMutes = VersionedTable(
        name: "finding_mutes", keys: ["fingerprint"], values: [("mute", .text), ("reason", .text)], absence: .closes)

    /// The type of the keys' columns.
    var keyType: Stage.ColumnType { keys == ["fingerprint"] ? .bytes : .int }

    /// The stage that carries differences: what to do, the key, the generation of the row to close, the values.
    var stage: Stage {
        Stage(
            "stage_\(name)",
            [.init("closes", .int)] + keys.map { .init($0, keyType) } + [.init("old", .int)]
                + values.map { .init($0.name, $0.type) })
    }
}
