import MartletCore

/// The UUIDs of a tenant's accounts beside their numbers: what outsiders call an account, and what rows call it.
public struct AccountIdentifiers: Sendable {
    private let keys: [Int64: AccountKey]
    private let numbers: [String: Int64]
    private let identifiers: [Int64: String]

    /// Reads all accounts of a tenant; one statement.
    public static func load(tenant: Int64, _ connection: any Connection) throws -> AccountIdentifiers {
        var keys: [Int64: AccountKey] = [:]
        try connection.query("SELECT id, provider, uid FROM accounts WHERE tenant = $1", [.int(tenant)]) { row in
            guard let provider = Provider(name: row.text(1)) else { return }
            keys[row.int(0)] = AccountKey(provider: provider, uid: row.text(2))
        }
        return AccountIdentifiers(keys)
    }

    /// Puts accounts beside their numbers.
    public init(_ keys: [Int64: AccountKey]) {
        self.keys = keys
        identifiers = keys.mapValues(\.identifier)
        numbers = Dictionary(identifiers.map { ($1, $0) }) { first, _ in first }
    }

    /// The UUID of an account; nil when the tenant has no account of the number.
    public func identifier(of number: Int64) -> String? { identifiers[number] }

    /// The account of a UUID, in either case; nil when the tenant has none.
    public func number(of identifier: String) -> Int64? { numbers[identifier.lowercased()] }

    /// The account of a number; nil when the tenant has none.
    public func key(of number: Int64) -> AccountKey? { keys[number] }
}
