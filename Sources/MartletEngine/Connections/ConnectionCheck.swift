import Glibc
import MartletCore
import MartletStore

/// Tests whether an account can be reached with its credentials, as far as that can be told without scanning it.
public struct ConnectionCheck: Sendable {
    /// Connects to the platform of an account with its opened secret, and returns when it is let in.
    ///
    /// Throws ``MartletError`` that says what is wrong, for the user: `denied` for credentials or a right that is lacking,
    /// `not_found` for an account that the platform does not show, `io` for one that does not answer, `invalid_input` and
    /// `usage` for credentials that are none.
    public typealias Tester = @Sendable (_ account: AccountKey, _ secret: SecretValue) async throws -> Void

    private let test: Tester
    private let keys: @Sendable (Store) async throws -> SecretKeyRing
    private let timeout: Duration

    /// - Parameters:
    ///   - test: Connects to platforms that Martlet scans itself.
    ///   - keys: Gives the keys of a store's secrets.
    ///   - timeout: How long a test may take; then the platform counts as out of reach.
    public init(
        test: @escaping Tester, keys: @escaping @Sendable (Store) async throws -> SecretKeyRing,
        timeout: Duration = .seconds(60)
    ) {
        self.test = test
        self.keys = keys
        self.timeout = timeout
    }

    /// Tests an account by a source. What is wrong with the connection is a result; thrown is only what kept the test from
    /// being made, such as a database that does not answer.
    public func run(_ account: AccountKey, source: String, store: Store) async throws -> ConnectionResult {
        do {
            return try await within(timeout) {
                if let name = ScanOrder(source: source).externalName {
                    return try await external(name, account, store)
                }
                return try await native(account, source, store)
            }
        } catch let error as MartletError where Self.isResult(error.code) {
            return ConnectionResult(
                source: source, isConnected: false, code: error.code.name, message: error.description)
        }
    }

    private func native(_ account: AccountKey, _ source: String, _ store: Store) async throws -> ConnectionResult {
        guard DefaultSource.isNative(account) else {
            throw MartletError(.usage, "Martlet has no scanner for \(account.provider.name).")
        }
        let name = try NativeScans.secretName(of: account)
        let stored = try await store.database.readRetrying { [tenant = store.tenant] in
            try SecretRecords.secret(named: name.text, tenant: tenant, $0)
        }
        guard let stored else {
            throw MartletError(.notFound, "The account has no secret with its credentials; set one.")
        }
        guard stored.kind == SecretKind.fields.rawValue else {
            throw MartletError(
                .invalidInput, "The secret is one text; credentials are fields such as AZURE_CLIENT_ID.")
        }
        try await test(account, try await Secrets(store: store).open(name, keys: try await keys(store)))
        return ConnectionResult(source: source, isConnected: true)
    }

    /// The platform itself only the scanner can ask; what it needs can be looked at.
    private func external(_ name: String, _ account: AccountKey, _ store: Store) async throws -> ConnectionResult {
        let source = try await ExternalSources(store: store).source(named: name)
        let arguments = try source.command.arguments(for: ScanFilters().scope(of: account), output: "/")
        let path = getenv("PATH").map { String(cString: $0) } ?? ExecutablePath.usual
        _ = try ExecutablePath.find(arguments.first ?? "", path: path)
        _ = try await Secrets(store: store).variables(of: source, for: account) { try await keys(store) }
        return ConnectionResult(
            source: "external:\(name)",
            message:
                "The source's program and secrets are there. Whether the platform lets them in only a scan can tell.")
    }

    private static func isResult(_ code: MartletError.Code) -> Bool {
        switch code {
        case .database, .cancelled, .leaseLost: false
        default: true
        }
    }

    private func within(
        _ timeout: Duration, _ body: @escaping @Sendable () async throws -> ConnectionResult
    ) async throws -> ConnectionResult {
        try await withThrowingTaskGroup(of: ConnectionResult.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw MartletError(
                    .io, "The platform did not answer within \(timeout.components.seconds) s; try again later.")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}
