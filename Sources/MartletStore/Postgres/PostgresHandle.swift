import CPostgres
import MartletCore

/// One connection of libpq; used only on its session's thread.
final class PostgresHandle {
    let connection: OpaquePointer
    /// Sent and not yet waited for; not empty only in libpq's pipeline mode.
    var posted: [Posted] = []
    let place: String
    /// Non-nil in writing transactions of a process that tests want to crash.
    var trail: CrashTrail?

    /// Connects and waits for it. Throws ``PostgresFailure``'s error by ``PostgresConnectError``.
    init(_ settings: PostgresSettings) throws(PostgresConnectError) {
        place = settings.place
        // What the URL, a service file or a variable of libpq says goes before what comes first here.
        // A server that is gone without a word is noticed after a minute, not after hours.
        let keys = [
            "fallback_application_name", "connect_timeout", "keepalives_idle", "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout", "dbname", "client_encoding",
        ]
        let values = ["martlet", "10", "30", "10", "3", "60000", settings.connection, "UTF8"]
        let made = Self.withStrings(keys, values) { PQconnectdbParams($0, $1, 1) }
        guard let made else {
            throw PostgresConnectError(
                failure: .init(kind: .permanent, error: MartletError(.limit, "No memory for a connection is left.")))
        }
        connection = made
        guard PQstatus(made) == CONNECTION_OK else {
            throw PostgresConnectError(failure: .connecting(String(cString: PQerrorMessage(made)), place: place))
        }
        // Notices go to nobody: what matters is an error or a result.
        _ = PQsetNoticeProcessor(made, { _, _ in }, nil)
        let version = PQserverVersion(made)
        guard version >= 140_000 else {
            throw PostgresConnectError(
                failure: .init(
                    kind: .permanent,
                    error: MartletError(
                        .database, "The server is PostgreSQL \(version / 10_000); Martlet needs 14 or newer.",
                        place: place)))
        }
    }

    deinit { PQfinish(connection) }

    var isAlive: Bool { PQstatus(connection) == CONNECTION_OK }
    /// 15 for PostgreSQL 15.
    var majorVersion: Int { Int(PQserverVersion(connection)) / 10_000 }

    /// What is needed to end a running statement from another thread.
    func makeCancel() -> PostgresCancel? { PQgetCancel(connection).map(PostgresCancel.init) }

    /// Runs statements without values; gives the last one's result.
    func run(_ sql: String) throws(PostgresStatementError) -> PostgresResult {
        pass(sql)
        return try runUnwatched(sql)
    }

    func runUnwatched(_ sql: String) throws(PostgresStatementError) -> PostgresResult {
        try settle()
        return try check(PQexec(connection, sql))
    }

    /// Runs one statement with values; the result is binary.
    func run(_ sql: String, _ parameters: PostgresParameters) throws(PostgresStatementError) -> PostgresResult {
        // Beside what was sent already it costs no round trip of its own.
        guard posted.isEmpty else {
            var answer: PostgresResult?
            try post(sql, parameters) { result throws(PostgresStatementError) in answer = result }
            try settle()
            guard let answer else { throw lost() }
            return answer
        }
        pass(sql)
        let result = parameters.withPointers { count, types, values, lengths, formats in
            PQexecParams(connection, sql, count, types, values, lengths, formats, 1)
        }
        return try check(result)
    }

    /// Sends rows in the binary form of COPY, which `sql` has announced.
    func copy(_ sql: String, _ data: UnsafeRawBufferPointer) throws(PostgresStatementError) -> Int {
        pass(sql)
        try settle()
        let begun = try check(PQexec(connection, sql))
        guard begun.status == PGRES_COPY_IN else { throw lost() }
        pass(Self.remark + "within COPY")
        var sent: Int32 = 1
        // libpq takes lengths of 32 bits; a piece is far below that.
        let piece = 1 << 20
        var start = 0
        while start < data.count, sent == 1 {
            let count = min(piece, data.count - start)
            let base = data.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
            sent = PQputCopyData(connection, base, Int32(count))
            start += count
        }
        guard sent == 1, PQputCopyEnd(connection, nil) == 1 else { throw lost() }
        let result = try check(PQgetResult(connection))
        while let rest = PQgetResult(connection) { PQclear(rest) }
        return result.changed
    }

    private func check(_ pointer: OpaquePointer?) throws(PostgresStatementError) -> PostgresResult {
        guard let pointer else { throw lost() }
        let result = PostgresResult(pointer)
        try examine(result)
        return result
    }

    /// Throws what the server has refused.
    func examine(_ result: PostgresResult) throws(PostgresStatementError) {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY: return
        default:
            let state = result.state
            guard !state.isEmpty else { throw lost() }
            throw PostgresStatementError(
                failure: .statement(state, PostgresFailure.firstLine(of: result.message), place: place))
        }
    }

    func lost() -> PostgresStatementError {
        let message = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        // A failure that the server did not number came from the connection, whatever its state says.
        return PostgresStatementError(failure: .lost(message, place: place))
    }

    private static func withStrings<Result>(
        _ keys: [String], _ values: [String],
        _ body: ([UnsafePointer<CChar>?], [UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = (keys + values).map { Array($0.utf8CString) }
        let total = copies.reduce(0) { $0 + $1.count }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: max(total, 1)) { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var start = 0
            for copy in copies {
                for (index, byte) in copy.enumerated() { buffer[start + index] = byte }
                pointers.append(buffer.baseAddress.map { UnsafePointer($0 + start) })
                start += copy.count
            }
            return body(pointers[..<keys.count] + [nil], pointers[keys.count...] + [nil])
        }
    }
}

/// Why a connection could not be made.
struct PostgresConnectError: Error { let failure: PostgresFailure }

/// Why a statement failed.
struct PostgresStatementError: Error { let failure: PostgresFailure }
