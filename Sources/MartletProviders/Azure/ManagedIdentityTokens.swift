import MartletCore
import MartletHTTPClient

/// Tokens of the machine's identity: from the Instance Metadata Service, or from App Service where its variables are set.
struct ManagedIdentityTokens: TokenSource {
    let client: String?
    let addresses: AzureAddresses
    let http: HTTPClient
    /// `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`, which App Service sets.
    let appService: (endpoint: String, header: SecretText)?

    func token(for audience: String) async throws -> AccessToken {
        var request: HTTPRequest
        if let appService {
            let url = "\(appService.endpoint)?api-version=2019-08-01&resource=\(URLText.component(audience))"
            request = HTTPRequest(
                "GET", url, headers: [HTTPHeader("X-IDENTITY-HEADER", appService.header.text)])
        } else {
            let url = "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
            request = HTTPRequest(
                "GET", addresses.destination(of: url + URLText.component(audience)),
                headers: [HTTPHeader("Metadata", "true")])
        }
        if let client { request.url += "&client_id=\(URLText.component(client))" }
        request.timeout = .seconds(20)
        request.maximumBodyBytes = 1 << 20
        do {
            return try TokenAnswer.token(
                try await http.sendPatiently(request, place: "managed identity"), from: "managed identity")
        } catch let error as MartletError where error.code == .io {
            throw MartletError(
                .denied, "This machine gives no managed identity. Assign one, or choose other credentials.",
                place: "managed identity")
        }
    }
}
