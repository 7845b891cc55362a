import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func testAccount() async throws -> ExitCode {
        let text = arguments.operands[0]
        let options = AzureConnectionOptions(arguments: arguments)
        let check = try connectionCheck { try options.client() }
        return try await withStore(create: false) { store in
            let (key, tested) = try await store.read { reader in
                let matches = try reader.accounts(AccountFilter(accounts: [text])).map(\.account)
                guard matches.count == 1, let key = matches.first else {
                    throw MartletError(
                        .usage, "'\(text)' may be any of: \(matches.map(\.description).joined(separator: ", "))")
                }
                return (
                    key,
                    DefaultSource.tested(
                        of: key, external: try reader.externalSources().map(\.name),
                        hasCredentials: try reader.hasSecret(NativeScans.secretName(of: key).text))
                )
            }
            guard let source = arguments.value("source") ?? tested else {
                throw MartletError(
                    .usage, "there is nothing that could reach \(key): no source, or several; name one by --source")
            }
            let result = try await check.run(key, source: source, store: store)
            try await AccountConnections(store: store).keep(
                result, of: key, hooks: hooks(.account("test", key, [.init("source", .string(source))]), in: store))
            _ = try print([AccountTest(account: key, result: result)], Listing.accountTests)
            return result.isConnected == false ? .failure : .success
        }
    }
}
