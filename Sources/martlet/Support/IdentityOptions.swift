import Glibc
import MartletCore
import MartletEngine
import MartletServer

/// What `martlet serve` was told of an identity provider.
struct IdentityOptions {
    let settings: IdentityProviderSettings
    private let allowsPrivate: Bool
    private let authorities: String?

    /// Nil where there is none.
    ///
    /// - Parameter publicURL: The address that clients use, from which the redirect URL follows.
    init?(_ arguments: ParsedArguments, publicURL: String?) throws {
        guard let issuer = arguments.value("oidc-issuer"), !issuer.isEmpty else {
            let others = CommandTable.identity.map(\.name).filter { arguments.has($0) }
            guard let other = others.first else { return nil }
            throw MartletError(.usage, "--\(other) needs --oidc-issuer, the identity provider")
        }
        guard let client = arguments.value("oidc-client-id"), !client.isEmpty else {
            throw MartletError(.usage, "--oidc-issuer needs --oidc-client-id, Martlet's id at the provider")
        }
        let redirect = arguments.value("oidc-redirect-url") ?? publicURL.map { $0 + "/api/v1/tokens/oidc/callback" }
        guard let redirect else {
            throw MartletError(.usage, "--oidc-issuer needs --public-url or --oidc-redirect-url")
        }
        allowsPrivate = arguments.has("oidc-allow-private")
        authorities = arguments.value("oidc-ca-file")
        if let authorities { _ = try ConfigurationFile.bytes(of: authorities, named: "--oidc-ca-file") }
        var settings = try IdentityProviderSettings(
            issuer: issuer, clientID: client, clientSecret: Self.secret(arguments.value("oidc-client-secret-file")),
            redirectURL: redirect, allowsPlainHTTP: allowsPrivate)
        if arguments.has("oidc-scope") { settings.scopes = arguments.list("oidc-scope").filter { $0 != "openid" } }
        for scope in settings.scopes where !Self.isScope(scope) {
            throw MartletError(.usage, "--oidc-scope needs names such as email, not '\(scope)'")
        }
        settings.bindsVerifiedEmail = arguments.value("oidc-users")?.lowercased() == "email"
        let domains = arguments.list("oidc-join-domain").map { $0.lowercased() }
        for domain in domains where domain.contains("@") || !domain.contains(".") {
            throw MartletError(.usage, "--oidc-join-domain needs a domain such as example.com, not '\(domain)'")
        }
        if arguments.has("oidc-join-role"), domains.isEmpty {
            throw MartletError(.usage, "--oidc-join-role needs --oidc-join-domain")
        }
        settings.joinDomains = domains
        settings.joinRoles = domains.isEmpty ? nil : arguments.list("oidc-join-role")
        self.settings = settings
    }

    /// The logins of a server.
    func logins(report: @escaping @Sendable (String) -> Void) throws -> IdentityLogins {
        let transport = try HTTPIdentityTransport(allowsPrivate: allowsPrivate, authorities: authorities)
        return IdentityLogins(IdentityProvider(settings, transport: transport), report: report)
    }

    /// A scope token of RFC 6749, section 3.3.
    private static func isScope(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C }
    }

    /// A line feed at its end is none of the secret.
    private static func secret(_ path: String?) throws -> SecretBytes? {
        guard let path else { return nil }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MartletError(
                .io,
                "the file cannot be read (\(String(cString: strerror(errno)))); --oidc-client-secret-file names it",
                place: path)
        }
        defer { close(descriptor) }
        let bytes = try SecretBytes.read(descriptor: descriptor, limit: 4096, place: path)
        let end = bytes.withUnsafeBytes { buffer in
            (buffer.lastIndex { $0 != 0x0A && $0 != 0x0D }).map { $0 + 1 } ?? 0
        }
        guard end > 0 else { throw MartletError(.usage, "the file has no secret", place: path) }
        return try bytes.part(0..<end)
    }
}
