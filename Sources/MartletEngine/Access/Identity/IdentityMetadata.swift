import MartletCore

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3).
struct IdentityMetadata: Sendable, Hashable {
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keysURL: String
    /// Whether it takes the client's secret in the header; otherwise in the body.
    let takesBasic: Bool

    /// Reads the document.
    ///
    /// - Throws: ``MartletError`` `invalid_input` when it is another issuer's, or a URL is none that Martlet speaks to.
    init(_ json: JSONValue, settings: IdentityProviderSettings) throws {
        guard json["issuer"]?.stringValue == settings.issuer else {
            throw MartletError(.invalidInput, "The identity provider's document is of another issuer.")
        }
        func url(_ name: String) throws -> String {
            guard let url = json[name]?.stringValue, settings.allows(url) else {
                throw MartletError(.invalidInput, "The identity provider's \(name) is no URL that can be used.")
            }
            return url
        }
        authorizationEndpoint = try url("authorization_endpoint")
        tokenEndpoint = try url("token_endpoint")
        keysURL = try url("jwks_uri")
        let methods = json["token_endpoint_auth_methods_supported"]?.arrayValue?.compactMap(\.stringValue)
        takesBasic = methods?.contains("client_secret_basic") ?? true
    }
}
