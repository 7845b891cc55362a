import MartletCore

/// Removal of everything that is known of an account.
public enum AccountRemoval {
    /// Deletes the account. The caller has made sure that nobody works on it.
    public static func remove(_ account: AccountID, _ connection: any Connection) throws {
        for (table, column) in TableCatalog.ofAccount {
            try connection.execute("DELETE FROM \(table) WHERE tenant = $1 AND \(column) = $2", account.values)
        }
    }
}
