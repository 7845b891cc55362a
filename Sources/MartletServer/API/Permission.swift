/// What a role may allow; the names are those of Prowler's roles.
public enum Permission: String, Sendable, Hashable, CaseIterable {
    /// Users of the tenant, and who belongs to it.
    case manageUsers = "manage_users"
    /// The tenant itself: roles, invitations, API keys, processors.
    case manageAccount = "manage_account"
    /// Billing; Martlet has none, the permission is kept for clients.
    case manageBilling = "manage_billing"
    /// Accounts, their groups and secrets.
    case manageProviders = "manage_providers"
    /// Connections to other systems.
    case manageIntegrations = "manage_integrations"
    /// Scans, schedules, uploads, mutes.
    case manageScans = "manage_scans"
}
