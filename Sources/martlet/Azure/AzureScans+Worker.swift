import MartletCore
import MartletEngine
import MartletHTTPClient
import MartletProviders

extension AzureScans {
    /// Makes a scan of an account for a worker, with the account's opened secret: the fields are named like the variables
    /// that Azure's own tools use, and `AZURE_CLOUD`, `AZURE_DEVOPS_ORGANIZATION`, `AZURE_DEVOPS_PROJECT` besides.
    ///
    /// A worker's own identity is never used: it would be that of every tenant.
    func scan(
        of account: AccountKey, filters: ScanFilters, secret: SecretValue, map: EndpointMap, http: HTTPClient
    ) throws -> NativeScan {
        let fields = AccountFields(secret)
        var request = try AzureScanRequest(subscription: account.uid)
        request.organization = fields["AZURE_DEVOPS_ORGANIZATION"]
        request.project = fields["AZURE_DEVOPS_PROJECT"]
        request.regions = filters.regions
        let client = try Self.client(of: account, fields, map: map, http: http)
        return try scan(request, filters: try resolved(filters), client: client)
    }

    /// Tests whether an account lets its opened secret in.
    static func testConnection(
        of account: AccountKey, secret: SecretValue, map: EndpointMap, http: HTTPClient
    ) async throws {
        var retry = RetryPolicy()
        retry.attempts = 2
        retry.throttledAttempts = 2
        let client = try Self.client(
            of: account, AccountFields(secret), map: map, http: http, retry: retry, timeout: .seconds(20))
        try await client.testConnection(of: try AzureScanRequest(subscription: account.uid))
    }

    private static func client(
        of account: AccountKey, _ fields: AccountFields, map: EndpointMap, http: HTTPClient,
        retry: RetryPolicy = RetryPolicy(), timeout: Duration = .seconds(60)
    ) throws -> AzureClient {
        let place = try NativeScans.secretName(of: account).text
        var cloud = AzureCloud.global
        if let name = fields["AZURE_CLOUD"] {
            guard let known = AzureCloud(rawValue: name.lowercased()) else {
                let names = AzureCloud.allCases.map(\.rawValue).joined(separator: ", ")
                throw MartletError(.invalidInput, "AZURE_CLOUD is one of \(names)", place: place)
            }
            cloud = known
        }
        return try AzureClient(
            credential: try AzureCredentialFields(value: { fields[$0] }).credential(place: place),
            addresses: AzureAddresses(cloud: cloud, map: map), http: http, retry: retry, timeout: timeout)
    }
}

/// The fields of an account's opened secret as texts.
private struct AccountFields {
    private let secret: SecretValue

    init(_ secret: SecretValue) { self.secret = secret }

    subscript(name: String) -> String? {
        secret.field(name)?.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    }
}
