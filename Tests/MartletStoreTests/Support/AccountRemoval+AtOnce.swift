import MartletCore
import Testing

@testable import MartletStore

extension AccountRemoval {
    /// All steps, in batches of two.
    static func removeAtOnce(_ account: AccountID, _ connection: any Connection) throws {
        let key = try #require(try Accounts.key(of: account, connection))
        try hide(account, key, secret: nil, connection)
        for table in tables { while try removeBatch(of: table, account, limit: 2, connection) == 2 {} }
        #expect(try isDone(account, connection))
        try finish(account, connection)
        try removeJobs(account, connection)
    }
}
