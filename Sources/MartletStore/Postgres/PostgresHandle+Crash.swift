import CPostgres
import Glibc

/// What tests do to a connection between two statements (``CrashPoint``).
extension PostgresHandle {
    /// Passes the boundary before a statement.
    func pass(_ sql: String) {
        guard let fault = trail?.pass(sql), fault == .backend else { return }
        endBackend(byServer: !sql.hasPrefix(Self.remark))
    }

    /// Runs statements that depend on what the connection did in earlier transactions.
    func aside<Result>(_ body: () throws(PostgresStatementError) -> Result) throws(PostgresStatementError) -> Result {
        let before = trail?.isAside ?? false
        trail?.isAside = true
        defer { trail?.isAside = before }
        return try body()
    }

    /// A boundary at which no statement is sent: in the middle of a load, or after COMMIT.
    static let remark = "-- "

    /// The last statement of a transaction. Where its answer is to be lost, it is sent, and the connection is gone before
    /// the server can say what came of it.
    func runLosingAnswer(_ sql: String) throws(PostgresStatementError) -> PostgresResult {
        guard let fault = trail?.pass(sql) else { return try runUnwatched(sql) }
        guard fault == .answer else {
            endBackend(byServer: true)
            return try runUnwatched(sql)
        }
        try settle()
        guard PQsendQuery(connection, sql) == 1 else { throw lost() }
        while PQflush(connection) == 1 { usleep(100) }
        shutdown(PQsocket(connection), Int32(SHUT_RDWR))
        guard let pointer = PQgetResult(connection) else { throw lost() }
        let result = PostgresResult(pointer)
        try examine(result)
        return result
    }

    private func endBackend(byServer: Bool) {
        guard byServer else {
            shutdown(PQsocket(connection), Int32(SHUT_RDWR))
            return
        }
        // The transaction's role may not end what its login has begun.
        let statements = ["SET LOCAL ROLE NONE", "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())"]
        // What was sent before is still done, and what follows learns that nobody is there.
        guard !posted.isEmpty else {
            PQclear(PQexec(connection, statements.joined(separator: "; ")))
            return
        }
        for sql in statements where PQsendQueryParams(connection, sql, 0, nil, nil, nil, nil, 1) == 1 {
            posted.append(Posted(check: { _ in }))
        }
    }
}
