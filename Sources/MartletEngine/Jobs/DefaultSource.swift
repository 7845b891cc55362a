import MartletCore

/// The source that scans an account where nobody names one.
public enum DefaultSource {
    /// The external source that is called like the provider, which somebody must have meant so; else Martlet's own scanner,
    /// where there is one and the account has credentials; else the only external source. Nil where there is no choice to be
    /// made for somebody.
    ///
    /// - Parameters:
    ///   - names: Of the tenant's external sources.
    ///   - hasCredentials: There is a secret with the account's credentials.
    public static func source(
        of account: AccountKey, external names: [String], hasCredentials: Bool
    ) -> String? {
        if names.contains(account.provider.name) { return "external:\(account.provider.name)" }
        if hasCredentials, isNative(account) { return account.provider.name }
        guard names.count == 1, let only = names.first else { return nil }
        return "external:\(only)"
    }

    /// What a test of an account's connection tests: the same source, and Martlet's own scanner also where the credentials
    /// are missing, because that is what the test then tells. Nil where nothing can be tested.
    public static func tested(
        of account: AccountKey, external names: [String], hasCredentials: Bool
    ) -> String? {
        source(of: account, external: names, hasCredentials: hasCredentials)
            ?? (isNative(account) ? account.provider.name : nil)
    }

    /// Whether Martlet scans accounts of the provider by itself.
    public static func isNative(_ account: AccountKey) -> Bool {
        NativeScans.providers.contains(account.provider.name)
    }
}
