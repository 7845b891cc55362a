/// The tables of a store, for what treats them all alike.
enum TableCatalog {
    /// Tables whose rows belong to one account, by the name of the account's column.
    static let ofAccount: [(table: String, column: String)] = [
        ("findings", "account"), ("resources", "account"), ("resource_tags", "account"), ("coverage", "account"),
        ("check_holdings", "account"), ("finding_mutes", "account"), ("compliance_rows", "account"),
        ("framework_summaries", "account"), ("scores", "account"), ("postures", "account"), ("scans", "account"),
        ("fences", "account"), ("leases", "account"), ("accounts", "id"),
    ]

    /// Tables that a copy of a store takes over, whole.
    static let copied: [String] = [
        "tenants", "sources", "checks", "regions", "region_sets", "check_texts", "frameworks", "mutes", "accounts",
        "fences", "scans", "resources", "resource_tags", "findings", "coverage", "check_holdings", "finding_mutes",
        "compliance_rows", "framework_summaries", "scores", "postures",
    ]
}
