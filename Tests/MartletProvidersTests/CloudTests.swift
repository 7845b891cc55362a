import MartletCore
import MartletHTTPClient
import MartletLoopback
import Synchronization
import Testing

@testable import MartletProviders

/// The clouds beside the public one: every host and every audience is the cloud's own, and the token of one host goes to no
/// other.
@Suite struct CloudTests {
    /// As Microsoft documents them.
    struct Names: Sendable {
        var cloud: AzureCloud
        var login: String
        var arm: String
        var graph: String
        var vaults: String
    }

    static let clouds = [
        Names(
            cloud: .global, login: "login.microsoftonline.com", arm: "management.azure.com",
            graph: "graph.microsoft.com", vaults: "vault.azure.net"),
        Names(
            cloud: .usGovernment, login: "login.microsoftonline.us", arm: "management.usgovcloudapi.net",
            graph: "graph.microsoft.us", vaults: "vault.usgovcloudapi.net"),
        Names(
            cloud: .china, login: "login.partner.microsoftonline.cn", arm: "management.chinacloudapi.cn",
            graph: "microsoftgraph.chinacloudapi.cn", vaults: "vault.azure.cn"),
    ]

    private static let devops = "dev.azure.com"

    /// The small subscription, moved into a cloud; answers are given only to the token of the right audience.
    private final class Cloud: Sendable {
        let hosts = Mutex<Set<String>>([])
        let scopes = Mutex<[String: Int]>([:])
        let azure = SmallAzure()
        let names: Names

        init(_ names: Names) { self.names = names }

        func answer(_ request: LoopbackRequest) -> LoopbackAnswer {
            let host = String(request.target.dropFirst().prefix { $0 != "/" })
            _ = hosts.withLock { $0.insert(host) }
            if host == names.login { return token(request) }
            guard request.headers["authorization"] == "Bearer for-\(audience(of: host))" else {
                return .json(#"{"error":{"code":"InvalidAuthenticationToken"}}"#, status: 401)
            }
            var moved = request
            moved.target = request.target.replacing(names.arm, with: "management.azure.com")
                .replacing(names.graph, with: "graph.microsoft.com").replacing(names.vaults, with: "vault.azure.net")
            if host == CloudTests.devops { return .json(#"{"value":[{"id":"d1","name":"d1"}]}"#) }
            guard case .answer(let status, let headers, let body) = azure.answer(moved) else { return .reset }
            let text = String(decoding: body, as: UTF8.self).replacing("vault.azure.net", with: names.vaults)
                .replacing("management.azure.com", with: names.arm)
            return .answer(status: status, headers: headers, body: Array(text.utf8))
        }

        private func token(_ request: LoopbackRequest) -> LoopbackAnswer {
            let fields = String(decoding: request.body, as: UTF8.self).split(separator: "&")
            let scope =
                fields.first { $0.hasPrefix("scope=") }?.dropFirst(6).replacing("%3A", with: ":")
                .replacing("%2F", with: "/") ?? ""
            scopes.withLock { $0[String(scope), default: 0] += 1 }
            let audience = scope.hasSuffix("/.default") ? scope.dropLast(9) : scope[...]
            return .json(#"{"access_token":"for-\#(audience)","expires_in":3600}"#)
        }

        private func audience(of host: String) -> String {
            if host.hasSuffix("." + names.vaults) { return "https://" + names.vaults }
            return host == CloudTests.devops ? "499b84ac-1321-427f-aa17-267ca6975798" : "https://" + host
        }
    }

    @Test(arguments: clouds)
    func asksItsOwnHosts(names: Names) async throws {
        let cloud = Cloud(names)
        let server = try LoopbackServer { cloud.answer($0) }
        defer { server.stop() }
        let map = try EndpointMap(json: Array(#"{"*":"\#(server.url)/{host}"}"#.utf8), file: "map.json")
        let client = try AzureClient(
            credential: .clientSecret(tenant: "t", client: "c", secret: SecretText("s")),
            addresses: AzureAddresses(cloud: names.cloud, map: map), http: try HTTPClient(),
            retry: SmallScan.impatient)
        let scan = try await SmallScan.run(client, organization: "contoso")
        #expect(scan.error == nil)
        let baseline = try await SmallScan.run(SmallAzure())
        let others = scan.findings.filter { !$0.key.hasPrefix("devops ") }
        let expected = Dictionary(
            uniqueKeysWithValues: baseline.findings.map {
                ($0.key.replacing("vault.azure.net", with: names.vaults), $0.value)
            })
        #expect(others == expected)
        var hosts: Set = [names.login, names.arm, names.graph, "kv1." + names.vaults, "kv2." + names.vaults]
        var scopes: Set = [
            "https://\(names.arm)/.default", "https://\(names.graph)/.default", "https://\(names.vaults)/.default",
        ]
        if names.cloud == .global {
            hosts.insert(Self.devops)
            scopes.insert("499b84ac-1321-427f-aa17-267ca6975798/.default")
            #expect(scan.state("devops", "global") == .evaluated)
        } else {
            // Azure DevOps is only in the public cloud.
            #expect(scan.state("devops", "global") == .unsupported)
        }
        #expect(cloud.hosts.withLock { $0 } == hosts)
        #expect(Set(cloud.scopes.withLock { $0 }.keys) == scopes)
        #expect(cloud.scopes.withLock { $0 }.values.allSatisfy { $0 == 1 })
    }

    @Test(arguments: clouds, clouds)
    func tokensDoNotLeaveTheCloud(names: Names, other: Names) throws {
        var scope = CollectedScope(variables: [:])
        scope.item = .object([.init("kid", .string("https://kv1.\(other.vaults)/keys/k1"))])
        let request = CollectorRequest(path: try PathTemplate("{kid}"), permission: "p")
        let addresses = AzureAddresses(cloud: names.cloud)
        let call = try? addresses.call(request, path: request.path, host: .keyvault, in: scope)
        #expect((call != nil) == (names.cloud == other.cloud))
    }
}
