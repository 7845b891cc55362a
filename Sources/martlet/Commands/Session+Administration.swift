import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func removeAccount() async throws -> ExitCode {
        let text = arguments.operands[0]
        let account = try await withStore(create: false) { store in
            let matches = try await store.read { reader in
                // A removal that broke off goes on.
                let removals = try reader.accountsInRemoval().filter { $0.uid == text || $0.description == text }
                guard removals.isEmpty else { return removals }
                return try reader.accounts(AccountFilter(accounts: [text])).map(\.account)
            }
            guard let account = matches.first else {
                throw MartletError(.notFound, "there is no account '\(text)'; martlet accounts lists them")
            }
            guard matches.count == 1 else {
                let names = matches.map(\.description).joined(separator: ", ")
                throw MartletError(.usage, "'\(text)' may be any of: \(names)")
            }
            try await Administration(store: store).removeAccount(
                account, hooks: hooks(.account("delete", account), in: store))
            return account
        }
        log.note("account \(account) removed with everything that was known of it")
        return .success
    }

    func copyDatabase() async throws -> ExitCode {
        let target = try DatabaseLocation.url(option: arguments.operands[0], environment: environment)
        try await withStore(create: false) { store in
            try await Administration(store: store).copy(to: target)
        }
        log.note("copied to \(try DatabaseLocation.shown(target))")
        return .success
    }
}
