/// A made-up subscription that answers requests of Azure's interfaces out of its size alone, so that the server which gives
/// its answers needs no memory for it: storage accounts, network security groups, virtual machines with an interface and
/// a disk each, and key vaults, `size` of each; every tenth of them is a bad one. Of everything else there is nothing.
public struct AzureEstate: Sendable {
    /// The subscription's id.
    public static let subscription = "00000000-0000-0000-0000-00000000000b"

    /// Resources of each of the four kinds.
    public let size: Int
    /// Items of a page of a list.
    public static let pageSize = 50

    private static let root = "/subscriptions/\(subscription)"
    private static let group = "\(root)/resourceGroups/rg-bench/providers"
    private static let regions = ["uksouth", "westeurope", "eastus", "northeurope"]

    /// An estate of this size.
    public init(size: Int) { self.size = size }

    /// The body of the answer to a request.
    ///
    /// - Parameters:
    ///   - host: The name of the host that is meant.
    ///   - target: Path and query.
    ///   - base: What links to further pages begin with.
    public func answer(host: String, target: String, base: String) -> String {
        let path = target.prefix { $0 != "?" }
        if host.hasSuffix(".vault.azure.net") { return #"{"value":[],"nextLink":null}"# }
        if host != "management.azure.com" { return graph(path) }
        if path == Self.root {
            return
                #"{"id":"\#(Self.root)","subscriptionId":"\#(Self.subscription)","displayName":"Bench","state":"Enabled"}"#
        }
        for kind in Kind.allCases where path == "\(Self.root)/providers/\(kind.rawValue)" {
            return list(kind, path: path, page: Self.page(of: target), base: base)
        }
        return below(path)
    }

    private enum Kind: String, CaseIterable {
        case storage = "Microsoft.Storage/storageAccounts"
        case securityGroup = "Microsoft.Network/networkSecurityGroups"
        case machine = "Microsoft.Compute/virtualMachines"
        case vault = "Microsoft.KeyVault/vaults"
        case interface = "Microsoft.Network/networkInterfaces"
        case disk = "Microsoft.Compute/disks"
    }

    private func graph(_ path: Substring) -> String {
        if path.hasSuffix("identitySecurityDefaultsEnforcementPolicy") {
            return #"{"id":"00000000-0000-0000-0000-000000000005","displayName":"Security defaults","isEnabled":true}"#
        }
        return otherGraph(path)
    }

    private func otherGraph(_ path: Substring) -> String {
        path.hasSuffix("authorizationPolicy")
            ? #"{"id":"authorizationPolicy","displayName":"Policy","allowInvitesFrom":"adminsAndGuestInviters"}"#
            : #"{"value":[]}"#
    }

    private static func page(of target: String) -> Int {
        guard let token = target.range(ofText: "$skiptoken=p") else { return 0 }
        return Int(target[token].prefix { $0.isNumber }) ?? 0
    }

    private func list(_ kind: Kind, path: Substring, page: Int, base: String) -> String {
        let first = page * Self.pageSize
        let last = min(size, first + Self.pageSize)
        let items = first < last ? (first..<last).map { item(kind, $0) }.joined(separator: ",") : ""
        let next = last < size ? #","nextLink":"\#(base)\#(path)?$skiptoken=p\#(page + 1)""# : ""
        return #"{"value":[\#(items)]\#(next)}"#
    }

    /// What lies below a resource, or is one by itself.
    private func below(_ path: Substring) -> String {
        if path.hasSuffix("/managementPolicies/default") {
            return
                #"{"properties":{"policy":{"rules":[{"enabled":true,"name":"r","type":"Lifecycle","definition":{}}]}}}"#
        }
        if path.hasSuffix("/diagnosticSettings") {
            return """
                {"value":[{"name":"d","properties":{"logs":[{"categoryGroup":"allLogs","enabled":true}],"metrics":[]}}]}
                """
        }
        if path.hasSuffix("/blobServices/default") || path.hasSuffix("/fileServices/default") {
            return #"{"name":"default","properties":{"deleteRetentionPolicy":{"enabled":true,"days":7}}}"#
        }
        if path.hasSuffix("/extensions") {
            return #"{"value":[{"name":"MDE.Linux","properties":{"type":"MDE.Linux"}}]}"#
        }
        for kind in [Kind.interface, .disk] {
            guard let start = path.range(ofText: kind.rawValue + "/") else { continue }
            if let number = Int(path[start].drop { !$0.isNumber }) { return item(kind, number) }
        }
        return #"{"value":[]}"#
    }

    private func item(_ kind: Kind, _ number: Int) -> String {
        let name = "\(Self.name(kind))\(number)"
        let isBad = number % 10 == 0
        let properties =
            switch kind {
            case .storage:
                """
                {"allowBlobPublicAccess":\(isBad),"supportsHttpsTrafficOnly":true,"minimumTlsVersion":"TLS1_2",\
                "provisioningState":"Succeeded"}
                """
            case .securityGroup:
                """
                {"securityRules":[{"name":"a","properties":{"protocol":"Tcp","access":"Allow","direction":"Inbound",\
                "priority":100,"sourcePortRange":"*","destinationAddressPrefix":"*","sourceAddressPrefix":\
                "\(isBad ? "*" : "10.0.0.0/8")","destinationPortRange":"22"}}],"defaultSecurityRules":[],"subnets":[]}
                """
            case .machine:
                """
                {"networkProfile":{"networkInterfaces":[{"id":"\(Self.id(.interface, "nic\(number)"))"}]},\
                "storageProfile":{"osDisk":{"name":"os","osType":"Linux","managedDisk":\
                {"id":"\(Self.id(.disk, "disk\(number)"))"}},"dataDisks":[]},\
                "osProfile":{"linuxConfiguration":{"patchSettings":{"patchMode":"AutomaticByPlatform"}}}}
                """
            case .vault:
                """
                {"vaultUri":"https://\(name).vault.azure.net/","sku":{"family":"A","name":"standard"},\
                "enableSoftDelete":true,"enablePurgeProtection":\(!isBad),"enableRbacAuthorization":true,\
                "publicNetworkAccess":"Disabled"}
                """
            case .interface: #"{"ipConfigurations":[{"name":"c","properties":{}}]}"#
            case .disk: #"{"encryption":{"type":"EncryptionAtRestWithPlatformKey"}}"#
            }
        return """
            {"id":"\(Self.id(kind, name))","name":"\(name)","type":"\(kind.rawValue)",\
            "location":"\(Self.regions[number % Self.regions.count])","tags":{"team":"t\(number % 7)"},\
            "sku":{"name":"Standard_GRS","tier":"Standard"},"kind":"StorageV2","properties":\(properties)}
            """
    }

    private static func name(_ kind: Kind) -> String {
        switch kind {
        case .storage: "st"
        case .securityGroup: "nsg"
        case .machine: "vm"
        case .vault: "kv"
        case .interface: "nic"
        case .disk: "disk"
        }
    }

    private static func id(_ kind: Kind, _ name: String) -> String { "\(group)/\(kind.rawValue)/\(name)" }
}

extension StringProtocol {
    /// Where a text ends that stands inside; nil when it does not.
    fileprivate func range(ofText text: String) -> PartialRangeFrom<Index>? {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(text) { return rest.index(rest.startIndex, offsetBy: text.count)... }
            rest = rest.dropFirst()
        }
        return nil
    }
}
