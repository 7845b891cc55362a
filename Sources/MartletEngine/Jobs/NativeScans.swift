import MartletCore
import MartletStore

/// What a worker needs for scans by Martlet's own scanners.
public struct NativeScans: Sendable {
    /// Gives the scanner of an account, with the tenant's store and the account's opened secret. Throws ``MartletError`` for
    /// what cannot be scanned so.
    public typealias Opener =
        @Sendable (_ account: AccountKey, _ filters: ScanFilters, _ secret: SecretValue, _ store: Store) async throws ->
        any WorkingSource

    let open: Opener
    let keys: @Sendable (Store) async throws -> SecretKeyRing

    /// Providers that have a scanner.
    public static let providers: Set<String> = ["azure"]

    /// - Parameters:
    ///   - open: Makes the scanner.
    ///   - keys: Gives the keys of a store's secrets.
    public init(
        open: @escaping Opener, keys: @escaping @Sendable (Store) async throws -> SecretKeyRing
    ) {
        self.open = open
        self.keys = keys
    }

    /// The secret with an account's credentials: fields under `accounts/PROVIDER/ID`.
    ///
    /// Throws ``MartletError`` (`invalidInput`) for an account whose id cannot be part of a secret's name.
    public static func secretName(of account: AccountKey) throws -> SecretName {
        do { return try SecretName("accounts/\(account.provider.name)/\(account.uid)") } catch {
            throw MartletError(
                .invalidInput, "the id of the account \(account) cannot be part of the name of its secret")
        }
    }
}
