/// One of Microsoft's clouds: where its hosts are and what tokens for them are called.
public enum AzureCloud: String, Sendable, Hashable, CaseIterable {
    /// The public cloud.
    case global = "public"
    /// For the government of the United States.
    case usGovernment = "usgovernment"
    /// Run by 21Vianet in China.
    case china

    /// The host that gives out tokens.
    public var login: String {
        switch self {
        case .global: "login.microsoftonline.com"
        case .usGovernment: "login.microsoftonline.us"
        case .china: "login.partner.microsoftonline.cn"
        }
    }

    /// The host of a kind; nil for Key Vault, where each vault has its own, and for what the cloud does not have.
    public func host(of kind: AzureHost) -> String? {
        switch (kind, self) {
        case (.arm, .global): "management.azure.com"
        case (.arm, .usGovernment): "management.usgovcloudapi.net"
        case (.arm, .china): "management.chinacloudapi.cn"
        case (.graph, .global): "graph.microsoft.com"
        case (.graph, .usGovernment): "graph.microsoft.us"
        case (.graph, .china): "microsoftgraph.chinacloudapi.cn"
        case (.devops, .global): "dev.azure.com"
        case (.devops, _), (.keyvault, _): nil
        }
    }

    /// What the names of the hosts of a kind end with, where each resource has a host of its own.
    public func suffix(of kind: AzureHost) -> String? {
        guard kind == .keyvault else { return nil }
        return switch self {
        case .global: ".vault.azure.net"
        case .usGovernment: ".vault.usgovcloudapi.net"
        case .china: ".vault.azure.cn"
        }
    }

    /// What a token for the hosts of a kind is asked for, without `/.default`.
    public func audience(of kind: AzureHost) -> String {
        switch kind {
        case .devops: "499b84ac-1321-427f-aa17-267ca6975798"
        case .keyvault: "https://" + (suffix(of: .keyvault)?.dropFirst() ?? "")
        case .arm, .graph: "https://" + (host(of: kind) ?? "")
        }
    }
}
