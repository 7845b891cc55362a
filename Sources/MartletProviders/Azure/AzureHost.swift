/// The kinds of hosts that collectors of Azure name.
public enum AzureHost: String, Sendable, Hashable, CaseIterable {
    /// Azure Resource Manager.
    case arm
    /// Microsoft Graph.
    case graph
    /// The data plane of Key Vault.
    case keyvault
    /// Azure DevOps.
    case devops
}
