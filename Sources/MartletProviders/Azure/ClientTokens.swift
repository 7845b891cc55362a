import MartletCore
import MartletHTTPClient

/// Tokens of an application, by the OAuth client credentials grant.
struct ClientTokens: TokenSource {
    /// How the application proves itself.
    enum Proof: Sendable {
        case secret(SecretText)
        case certificate(SigningCertificate)
        /// A file with a token of another issuer.
        case assertionFile(String)
    }

    let tenant: String
    let client: String
    let proof: Proof
    let addresses: AzureAddresses
    let http: HTTPClient

    func token(for audience: String) async throws -> AccessToken {
        let url = "https://\(addresses.cloud.login)/\(URLText.component(tenant))/oauth2/v2.0/token"
        var fields = [
            ("grant_type", "client_credentials"), ("client_id", client), ("scope", audience + "/.default"),
        ]
        switch proof {
        case .secret(let secret): fields.append(("client_secret", secret.text))
        case .certificate(let certificate):
            fields += Self.assertion(try certificate.assertion(client: client, audience: url))
        case .assertionFile(let path): fields += Self.assertion(try SmallTextFile.read(path))
        }
        let request = HTTPRequest(
            "POST", addresses.destination(of: url),
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")], body: URLText.form(fields),
            timeout: .seconds(30), maximumBodyBytes: 1 << 20)
        return try TokenAnswer.token(
            try await http.sendPatiently(request, place: addresses.cloud.login), from: addresses.cloud.login)
    }

    private static func assertion(_ token: String) -> [(String, String)] {
        [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", token),
        ]
    }
}
