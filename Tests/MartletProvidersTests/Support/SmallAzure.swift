import MartletLoopback
import Synchronization

/// A small subscription on the wire: storage accounts with policies, vaults with keys, role assignments, a directory.
/// Paths are `/HOST/PATH`, as an endpoint map with `{host}` makes them.
final class SmallAzure: Sendable {
    static let subscription = "00000000-0000-0000-0000-000000000001"
    static let arm = "/management.azure.com/subscriptions/\(subscription)"
    static let provider = "\(arm)/providers"
    static let accounts = "\(provider)/Microsoft.Storage/storageAccounts"
    static let vaults = "\(provider)/Microsoft.KeyVault/vaults"
    static let assignments = "\(provider)/Microsoft.Authorization/roleAssignments"
    static let interfaces = "\(provider)/Microsoft.Network/networkInterfaces"
    static let machines = "\(provider)/Microsoft.Compute/virtualMachines"
    static let applications = "/graph.microsoft.com/v1.0/applications"

    private let requests = Mutex<[LoopbackRequest]>([])
    private let faults: @Sendable (LoopbackRequest, Int) -> LoopbackAnswer?

    /// - Parameter faults: Answers in the place of the estate's; gets how often the path was asked for before.
    init(faults: @escaping @Sendable (LoopbackRequest, Int) -> LoopbackAnswer? = { _, _ in nil }) {
        self.faults = faults
    }

    var seen: [LoopbackRequest] { requests.withLock { $0 } }

    func serve() throws -> LoopbackServer { try LoopbackServer { self.answer($0) } }

    func answer(_ request: LoopbackRequest) -> LoopbackAnswer {
        let before = requests.withLock { requests in
            let before = requests.count { $0.target == request.target }
            requests.append(request)
            return before
        }
        if let fault = faults(request, before) { return fault }
        guard request.headers["authorization"]?.hasPrefix("Bearer ") == true else {
            return .json(#"{"error":{"code":"AuthenticationFailed"}}"#, status: 401)
        }
        let base = "http://\(request.headers["host"] ?? "")"
        guard let body = Self.routes[Self.route(request)] else {
            return .json(#"{"error":{"code":"ResourceNotFound","message":"no such route"}}"#, status: 404)
        }
        return .json(body.replacing("BASE", with: base))
    }

    /// The path, with the page where there is one.
    private static func route(_ request: LoopbackRequest) -> String {
        guard let page = request.target.firstRange(of: "$skiptoken=") else { return request.path }
        return request.path + "#" + request.target[page.upperBound...].prefix { $0 != "&" }
    }

    private static func id(_ type: String, _ name: String) -> String {
        "/subscriptions/\(subscription)/resourceGroups/rg/providers/\(type)/\(name)"
    }

    private static func resource(_ type: String, _ name: String, _ region: String, _ properties: String) -> String {
        """
        {"id":"\(id(type, name))","name":"\(name)","type":"\(type)","location":"\(region)",\
        "tags":{"team":"a"},"properties":\(properties)}
        """
    }

    private static func storage(_ number: Int, _ region: String) -> String {
        resource("Microsoft.Storage/storageAccounts", "st\(number)", region, #"{"https":\#(number % 2 == 0)}"#)
    }

    private static func vault(_ name: String, _ region: String) -> String {
        resource("Microsoft.KeyVault/vaults", name, region, #"{"vaultUri":"https://\#(name).vault.azure.net/"}"#)
    }

    private static let nic = "Microsoft.Network/networkInterfaces"

    static let routes: [String: String] = {
        var routes = [
            arm: #"{"id":"/subscriptions/\#(subscription)","displayName":"Small","subscriptionId":"\#(subscription)"}"#,
            accounts: """
            {"value":[\(storage(1, "uksouth")),\(storage(2, "West Europe"))],"nextLink":"BASE\(accounts)?$skiptoken=p1"}
            """,
            accounts + "#p1": #"{"value":[\#(storage(3, "uksouth"))]}"#,
            vaults: #"{"value":[\#(vault("kv1", "uksouth")),\#(vault("kv2", "eastus"))]}"#,
            assignments: """
            {"value":[{"id":"/ra/1","name":"ra1","properties":{"principalId":"p1"}},\
            {"id":"/ra/2","name":"ra2","properties":{"principalId":"p1"}}]}
            """,
            interfaces: #"{"value":[\#(resource(nic, "nic1", "uksouth", "{}"))]}"#,
            machines: """
            {"value":[\(resource("Microsoft.Compute/virtualMachines", "vm1", "uksouth", """
                {"nics":[{"id":"\(id(nic, "nic1").uppercased())"},{"id":"\(id(nic, "nic2"))"}]}
                """))]}
            """,
            "/management.azure.com" + id(nic, "nic2"): resource(nic, "nic2", "uksouth", "{}"),
            applications: #"{"value":[{"id":"a1","displayName":"App"}],"@odata.nextLink":null}"#,
            "/kv1.vault.azure.net/keys": #"{"value":[{"kid":"https://kv1.vault.azure.net/keys/k1"}],"nextLink":null}"#,
            "/kv2.vault.azure.net/keys": #"{"value":[]}"#,
            "/kv1.vault.azure.net/keys/k1": #"{"key":{"kty":"RSA"}}"#,
            "/graph.microsoft.com/v1.0/principals/p1": #"{"id":"p1"}"#,
        ]
        for number in [1, 2] {
            let path = "/management.azure.com" + id("Microsoft.Storage/storageAccounts", "st\(number)")
            routes[path + "/managementPolicies/default"] = #"{"properties":{"rules":\#(number)}}"#
        }
        return routes
    }()
}
