import MartletCore

/// An identity provider whose users may log in (OpenID Connect Core 1.0), as the installation's owner trusts it.
public struct IdentityProviderSettings: Sendable {
    /// The issuer, an `https` URL without a query; also where discovery begins.
    public var issuer: String
    /// Martlet's id at the provider.
    public var clientID: String
    /// Martlet's secret at the provider; nil for a public client, which PKCE protects.
    public var clientSecret: SecretBytes?
    /// Where the provider sends the browser back to: `…/api/v1/tokens/oidc/callback`.
    public var redirectURL: String
    /// What is asked for beside `openid`.
    public var scopes = ["email", "profile"]
    /// Whether a user without an identity is bound to one with the same email, if the provider has verified it: whoever
    /// the provider gives an email to then is its user here. Otherwise users come by invitation only.
    public var bindsVerifiedEmail = false
    /// Names of roles that unknown users get in the server's tenant; nil: unknown users are refused without an invitation.
    public var joinRoles: [String]?
    /// Domains of verified emails whose users may join by ``joinRoles``.
    public var joinDomains: [String] = []
    /// Whether URLs of this machine's own (`localhost`, `127.0.0.1`, `[::1]`) may be `http`.
    public var allowsPlainHTTP = false

    /// Settings of a provider.
    ///
    /// - Throws: ``MartletError`` `usage` for URLs that are none.
    public init(
        issuer: String, clientID: String, clientSecret: SecretBytes?, redirectURL: String, allowsPlainHTTP: Bool = false
    ) throws {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectURL = redirectURL
        self.allowsPlainHTTP = allowsPlainHTTP
        for (url, name) in [(issuer, "issuer"), (redirectURL, "redirect URL")] {
            guard allows(url), !url.contains("?"), !url.contains("#") else {
                throw MartletError(
                    .usage, "The identity provider's \(name) is an https URL without query and fragment.")
            }
        }
        guard !clientID.isEmpty else { throw MartletError(.usage, "The identity provider needs a client id.") }
    }

    /// Whether Martlet speaks to a URL.
    func allows(_ url: String) -> Bool {
        (url.hasPrefix("https://") || allowsPlainHTTP && Self.isPlainLoopback(url))
            && url.utf8.allSatisfy { 0x21...0x7E ~= $0 } && url.utf8.count <= 2048
    }

    private static func isPlainLoopback(_ url: String) -> Bool {
        guard url.hasPrefix("http://") else { return false }
        let place = url.dropFirst("http://".count).prefix { !"/?#".contains($0) }
        return ["localhost", "127.0.0.1", "[::1]"].contains { host in
            place == host || place.hasPrefix(host + ":") && place.dropFirst(host.count + 1).allSatisfy(\.isNumber)
        }
    }
}
