import CPostgres
import MartletCore

extension PostgresHandle {
    /// A statement that was sent and whose result nobody has asked for yet.
    struct Posted {
        /// Takes the result; throws when it is not what it has to be.
        var check: (PostgresResult) throws(PostgresStatementError) -> Void
    }

    /// Statements that wait for their results at most: what they hold is the server's answers, a line each.
    private static let maximumPosted = 32

    /// Sends a statement and does not wait: the server runs it while the client goes on. Its failure comes with the next
    /// statement that is waited for, at the latest with COMMIT.
    func post(
        _ sql: String, _ parameters: PostgresParameters,
        _ check: @escaping (PostgresResult) throws(PostgresStatementError) -> Void = { _ in }
    ) throws(PostgresStatementError) {
        pass(sql)
        try send(Posted(check: check)) {
            parameters.withPointers { count, types, values, lengths, formats in
                PQsendQueryParams(connection, sql, count, types, values, lengths, formats, 1)
            }
        }
    }

    /// The same with one binary value whose type the statement tells.
    func post(
        _ sql: String, _ value: UnsafeRawBufferPointer,
        _ check: @escaping (PostgresResult) throws(PostgresStatementError) -> Void
    ) throws(PostgresStatementError) {
        pass(sql)
        try send(Posted(check: check)) {
            var pointer = value.baseAddress?.assumingMemoryBound(to: CChar.self)
            var length = Int32(clamping: value.count)
            var format: Int32 = 1
            return PQsendQueryParams(connection, sql, 1, nil, &pointer, &length, &format, 1)
        }
    }

    /// Waits for everything that was sent; throws the first failure.
    func settle() throws(PostgresStatementError) {
        guard !posted.isEmpty else { return }
        let waiting = posted
        posted = []
        guard PQpipelineSync(connection) == 1 else { throw lost() }
        var failure: PostgresStatementError?
        for statement in waiting {
            guard let pointer = PQgetResult(connection) else { throw lost() }
            let result = PostgresResult(pointer)
            while let rest = PQgetResult(connection) { PQclear(rest) }
            guard failure == nil else { continue }
            do {
                try examine(result)
                try statement.check(result)
            } catch { failure = error }
        }
        if let end = PQgetResult(connection) { PQclear(end) }
        let left = PQexitPipelineMode(connection) == 1
        if let failure { throw failure }
        guard left else { throw lost() }
    }

    /// Forgets what was sent, before a rollback.
    func abandonPosted() {
        guard !posted.isEmpty else { return }
        posted = posted.map { _ in Posted(check: { _ in }) }
        _ = try? settle()
    }

    private func send(_ statement: Posted, _ body: () -> Int32) throws(PostgresStatementError) {
        if posted.count >= Self.maximumPosted { try settle() }
        if posted.isEmpty { guard PQenterPipelineMode(connection) == 1 else { throw lost() } }
        guard body() == 1, PQflush(connection) >= 0 else {
            posted.append(statement)
            throw lost()
        }
        posted.append(statement)
    }
}
