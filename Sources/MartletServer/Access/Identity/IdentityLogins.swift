import MartletEngine

/// The identity provider at which users of this server may log in.
public struct IdentityLogins: Sendable {
    /// The provider.
    public var provider: IdentityProvider
    /// Tells whoever runs the server why the provider could not be asked; never a secret.
    public var report: @Sendable (String) -> Void

    /// Logins at a provider.
    public init(_ provider: IdentityProvider, report: @escaping @Sendable (String) -> Void = { _ in }) {
        self.provider = provider
        self.report = report
    }
}
