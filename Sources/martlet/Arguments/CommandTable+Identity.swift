extension CommandTable {
    /// Settings of logins at an identity provider.
    static let identity: [OptionSpec] = [
        OptionSpec(
            "oidc-issuer", value: "URL", environment: "MARTLET_OIDC_ISSUER",
            "Let users log in at this identity provider (OpenID Connect), where discovery begins"),
        OptionSpec(
            "oidc-client-id", value: "ID", environment: "MARTLET_OIDC_CLIENT_ID", "Martlet's id at the provider"),
        OptionSpec(
            "oidc-client-secret-file", value: "FILE", environment: "MARTLET_OIDC_CLIENT_SECRET_FILE",
            completion: .file, "The file with Martlet's secret at the provider (default: none, a public client)"),
        OptionSpec(
            "oidc-redirect-url", value: "URL", environment: "MARTLET_OIDC_REDIRECT_URL",
            "Where the provider sends browsers back to (default: /api/v1/tokens/oidc/callback at --public-url)"),
        OptionSpec(
            "oidc-scope", value: "SCOPE", repeats: true, environment: "MARTLET_OIDC_SCOPE",
            "What is asked for beside openid (default: email,profile)"),
        OptionSpec(
            "oidc-users", value: "WHO", environment: "MARTLET_OIDC_USERS", choices: ["invited", "email"],
            "invited: by invitation only (default); email: also a user with the email that the provider has verified"),
        OptionSpec(
            "oidc-join-domain", value: "DOMAIN", repeats: true, environment: "MARTLET_OIDC_JOIN_DOMAIN",
            "Let unknown users with a verified email of this domain join the server's tenant (default: none)"),
        OptionSpec(
            "oidc-join-role", value: "ROLE", repeats: true, environment: "MARTLET_OIDC_JOIN_ROLE",
            "The roles that they get, by name (default: none)"),
        OptionSpec(
            "oidc-ca-file", value: "FILE", environment: "MARTLET_OIDC_CA_FILE", completion: .file,
            "Trust the provider by these certificates (PEM) instead of the system's"),
        OptionSpec(
            "oidc-allow-private", environment: "MARTLET_OIDC_ALLOW_PRIVATE",
            "Let the provider have a private address; on this machine also plain http"),
    ]
}
