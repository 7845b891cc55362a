import MartletCore
import Testing

@testable import MartletStore

@Suite("AccountRemoval")
struct AccountRemovalTests {
    @Test("no row of the account is left, and the others are untouched", arguments: Driver.all)
    func removal(driver: Driver) async throws {
        try await driver.withStore { store in
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            let removed = AccountID(tenant: store.tenant, account: 1)
            let kept = [AccountID(tenant: store.tenant, account: 2), AccountID(tenant: other.tenant, account: 1)]
            try await store.everything.write { connection in
                let tables = try driver.tables(connection).filter { table in
                    try table == "accounts" || connection.columns(of: table).contains("account")
                }
                for account in [removed] + kept { try Filler(connection: connection).fill(tables, account) }
                func dump(_ account: AccountID) throws -> [String] {
                    try tables.flatMap { table in
                        try connection.dump(
                            table, where: "tenant = $1 AND \(table == "accounts" ? "id" : "account") = $2",
                            account.values)
                    }
                }
                let before = try kept.map(dump)
                #expect(try dump(removed).count > tables.count)
                try AccountRemoval.removeAtOnce(removed, connection)
                #expect(try dump(removed).isEmpty)
                #expect(try kept.map(dump) == before)
            }
        }
    }
}
