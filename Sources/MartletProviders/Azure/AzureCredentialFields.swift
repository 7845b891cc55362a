import MartletCore

/// Reads who the scanner is out of named values: options, variables of the environment, fields of a secret. The names are
/// those that Azure's own tools use.
public struct AzureCredentialFields: Sendable {
    /// `AZURE_TENANT_ID`
    public var tenant: String?
    /// `AZURE_CLIENT_ID`
    public var client: String?
    /// `AZURE_CLIENT_SECRET`
    public var secret: SecretText?
    /// PEM: `AZURE_CLIENT_CERTIFICATE`
    public var certificate: SecretText?
    /// `AZURE_FEDERATED_TOKEN_FILE`
    public var tokenFile: String?
    /// `AZURE_ACCESS_TOKEN`
    public var token: SecretText?

    /// Nothing is given.
    public init() {}

    /// The values of names.
    public init(value: (String) -> String?) {
        func text(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
        tenant = text("AZURE_TENANT_ID")
        client = text("AZURE_CLIENT_ID")
        secret = text("AZURE_CLIENT_SECRET").map { SecretText($0) }
        certificate = text("AZURE_CLIENT_CERTIFICATE").map { SecretText($0) }
        tokenFile = text("AZURE_FEDERATED_TOKEN_FILE")
        token = text("AZURE_ACCESS_TOKEN").map { SecretText($0) }
    }

    /// The credential of what is given, without anybody having to say of which kind: a certificate, a secret, or a token.
    ///
    /// Throws ``MartletError`` (`usage`) when it is not enough.
    public func credential(place: String) throws(MartletError) -> AzureCredential {
        if let certificate {
            let (tenant, client) = try application(place: place)
            return .certificate(tenant: tenant, client: client, pem: certificate)
        }
        if let secret {
            let (tenant, client) = try application(place: place)
            return .clientSecret(tenant: tenant, client: client, secret: secret)
        }
        if let token { return .token(token) }
        throw MartletError(
            .usage,
            "there are no credentials: AZURE_TENANT_ID and AZURE_CLIENT_ID with AZURE_CLIENT_SECRET or "
                + "AZURE_CLIENT_CERTIFICATE, or AZURE_ACCESS_TOKEN", place: place)
    }

    /// Tenant and client of an application. Throws ``MartletError`` (`usage`) when one is missing or malformed.
    public func application(place: String) throws(MartletError) -> (tenant: String, client: String) {
        guard let tenant, let client else {
            throw MartletError(
                .usage, "an application needs a tenant id and a client id (AZURE_TENANT_ID, AZURE_CLIENT_ID)",
                place: place)
        }
        guard Self.isTenant(tenant) else {
            throw MartletError(
                .usage, "a tenant id is a UUID or a domain such as contoso.onmicrosoft.com", place: place)
        }
        guard AzureScanRequest.isUUID(client) else {
            throw MartletError(.usage, "a client id is a UUID", place: place)
        }
        return (tenant, client)
    }

    /// A UUID or a domain's name.
    static func isTenant(_ text: String) -> Bool {
        AzureScanRequest.isUUID(text)
            || text.contains(".") && text.utf8.count <= 253
                && text.utf8.allSatisfy { byte in
                    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45
                        || byte == 46
                }
    }
}
