import MartletCore
import MartletProviders

/// Who scans, as the command line says it: one of the ways to prove an identity, or what the environment holds.
struct AzureIdentityOptions {
    let arguments: ParsedArguments
    let environment: [String: String]

    /// Variables that say who scans, besides those of options.
    static let variables = [
        "AZURE_ACCESS_TOKEN", "AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE", "AZURE_FEDERATED_TOKEN_FILE",
        "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "IDENTITY_ENDPOINT", "IDENTITY_HEADER",
    ]

    private static let ways = ["client-secret-file", "certificate", "managed-identity", "workload-identity", "cli"]

    func credential() throws -> AzureCredential {
        let chosen = Self.ways.filter(arguments.has)
        guard chosen.count <= 1 else {
            let names = chosen.map { "--\($0)" }.joined(separator: " and ")
            throw MartletError(.usage, "\(names) are different identities; choose one")
        }
        var fields = AzureCredentialFields { environment[$0] }
        fields.tenant = arguments.value("tenant-id") ?? fields.tenant
        fields.client = arguments.value("client-id") ?? fields.client
        guard let way = chosen.first else { return try undecided(fields) }
        switch way {
        case "managed-identity": return .managedIdentity(client: arguments.value("client-id"))
        case "cli": return .commandLine(tenant: arguments.value("tenant-id"))
        case "workload-identity":
            let (tenant, client) = try fields.application(place: "--workload-identity")
            guard let file = fields.tokenFile else {
                throw MartletError(
                    .usage, "AZURE_FEDERATED_TOKEN_FILE names no file with a token", place: "--workload-identity")
            }
            return .workloadIdentity(tenant: tenant, client: client, tokenFile: file)
        default:
            let (tenant, client) = try fields.application(place: "--\(way)")
            let text = SecretText(try SmallTextFile.read(arguments.value(way) ?? ""))
            return way == "certificate"
                ? .certificate(tenant: tenant, client: client, pem: text)
                : .clientSecret(tenant: tenant, client: client, secret: text)
        }
    }

    /// A ready token goes first: whoever sets it means it.
    private func undecided(_ fields: AzureCredentialFields) throws -> AzureCredential {
        if let token = fields.token { return .token(token) }
        do { return try fields.credential(place: "credentials") } catch let error where error.code == .usage {
            guard fields.secret == nil, fields.certificate == nil else { throw error }
            throw MartletError(
                .usage,
                "as whom? Give --tenant-id and --client-id with --client-secret-file or --certificate, or "
                    + "--managed-identity, --workload-identity, --cli, or set AZURE_ACCESS_TOKEN")
        }
    }
}
