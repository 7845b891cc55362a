import MartletStore
import Synchronization

/// A database that remembers what is sent through it.
struct RecordingDatabase: Database {
    private let base: any Database
    private let scope: DatabaseScope
    private let tape: Tape

    /// What all scopes of a database have sent.
    final class Tape: Sendable {
        private let transactions = Mutex<[RecordedTransaction]>([])

        func add(_ transaction: RecordedTransaction) { transactions.withLock { $0.append(transaction) } }

        /// What was sent since it was asked last.
        func take() -> [RecordedTransaction] {
            transactions.withLock { transactions in
                defer { transactions = [] }
                return transactions
            }
        }
    }

    init(_ base: any Database, scope: DatabaseScope, tape: Tape) {
        self.base = base
        self.scope = scope
        self.tape = tape
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await base.read(recorded(isReadOnly: true, body)) }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await base.write(recorded(isReadOnly: false, body)) }

    func scoped(to scope: DatabaseScope) -> any Database {
        RecordingDatabase(base.scoped(to: scope), scope: scope, tape: tape)
    }

    var statementCount: Int { get async { await base.statementCount } }
    func statementLog() async -> [String] { await base.statementLog() }
    func setStatementLog(_ on: Bool) async { await base.setStatementLog(on) }
    func close() async { await base.close() }

    private func recorded<Result: Sendable>(
        isReadOnly: Bool, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) -> @Sendable (any Connection) throws -> Result {
        let (scope, tape) = (scope, tape)
        return { connection in
            let recording = RecordingConnection(connection)
            let result = try body(recording)
            tape.add(RecordedTransaction(scope: scope, isReadOnly: isReadOnly, statements: recording.statements))
            return result
        }
    }
}
