/// The tables of a store, for what treats them all alike.
enum TableCatalog {
    /// Tables whose rows belong to one account. Schedules go first: what one of them is just asking for is waited for, and goes
    /// with the rest.
    static let ofAccount: [String] = [
        "account_removals", "schedules", "ingestion_scans", "provider_group_accounts", "findings", "resources",
        "resource_tags", "coverage", "check_holdings", "finding_mutes", "mute_changes", "compliance_rows",
        "framework_summaries", "scores", "postures", "scans", "jobs", "fences", "leases", "accounts",
    ]

    /// Tables that a copy of a store takes over, whole.
    static let copied: [String] = [
        "tenants", "sources", "checks", "regions", "region_sets", "check_texts", "frameworks", "mutes", "accounts",
        "fences", "scans", "jobs", "resources", "resource_tags", "findings", "coverage", "check_holdings",
        "finding_mutes", "mute_changes",
        "compliance_rows", "framework_summaries", "scores", "postures", "secrets", "external_sources", "schedules",
        "tenant_checks", "check_parameters",
        "memberships", "roles", "role_users", "provider_groups", "provider_group_accounts", "role_groups",
        "invitations",
        "invitation_roles", "api_keys", "audit_log",
        "ingestions", "ingestion_parts", "ingestion_scans",
        "account_removals",
    ]

    /// Tables of tenants that a copy leaves out: what belongs to running processes, and sessions.
    static let notCopied: [String] = ["leases", "refresh_families", "idempotency_keys"]

    /// Tables of the installation, whole, that a copy takes over before those of tenants.
    static let copiedOfInstallation: [String] = ["users", "last_numbers"]

    /// Tables of the installation that a copy leaves out.
    static let ofInstallation: [String] = ["signing_keys", "login_attempts", "work_totals", "work_gauges"]
}
