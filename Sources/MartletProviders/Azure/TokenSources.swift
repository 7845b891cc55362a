import MartletCore
import MartletHTTPClient

extension AzureCredential {
    /// What gives tokens for the credential.
    ///
    /// - Parameter environment: Where App Service says how to get tokens.
    /// - Throws: ``MartletError`` (`invalid_input`) for a certificate that cannot be used, or a token that is none.
    func source(
        _ addresses: AzureAddresses, http: HTTPClient, environment: [String: String]
    ) throws(MartletError) -> any TokenSource {
        func client(_ tenant: String, _ client: String, _ proof: ClientTokens.Proof) -> ClientTokens {
            ClientTokens(tenant: tenant, client: client, proof: proof, addresses: addresses, http: http)
        }
        switch self {
        case .clientSecret(let tenant, let id, let secret): return client(tenant, id, .secret(secret))
        case .certificate(let tenant, let id, let pem):
            return client(tenant, id, .certificate(try SigningCertificate(pem: pem)))
        case .workloadIdentity(let tenant, let id, let file): return client(tenant, id, .assertionFile(file))
        case .managedIdentity(let id):
            let endpoint = environment["IDENTITY_ENDPOINT"].flatMap { endpoint in
                environment["IDENTITY_HEADER"].map { (endpoint: endpoint, header: SecretText($0)) }
            }
            return ManagedIdentityTokens(client: id, addresses: addresses, http: http, appService: endpoint)
        case .commandLine(let tenant): return CommandLineTokens(tenant: tenant)
        case .token(let token):
            guard TokenAnswer.isToken(token.text) else {
                throw MartletError(.invalidInput, "It is no access token.", place: "AZURE_ACCESS_TOKEN")
            }
            return StaticToken(text: token)
        }
    }
}
