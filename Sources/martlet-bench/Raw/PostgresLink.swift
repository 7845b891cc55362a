import CPostgres
import Glibc
import MartletCore
import MartletStore

/// A plain connection of libpq with nothing in between.
final class PostgresLink {
    private let handle: OpaquePointer

    init(_ address: PostgresAddress) throws {
        guard let handle = PQconnectdb(address.named("martlet-bench").connection) else {
            throw MartletError(.limit, "no memory for a connection is left")
        }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else { throw failure() }
        _ = PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    /// The process that serves this connection.
    var serverProcess: Int32 { PQbackendPID(handle) }

    /// Runs statements without rows.
    func run(_ sql: String) throws { PQclear(try result(sql)) }

    /// All rows as text; null is the empty text.
    func rows(_ sql: String) throws -> [[String]] {
        try rows(of: PQexec(handle, sql))
    }

    private func rows(of answer: OpaquePointer?) throws -> [[String]] {
        let result = try checked(answer)
        defer { PQclear(result) }
        let columns = PQnfields(result)
        return (0..<PQntuples(result)).map { row in
            (0..<columns).map { column in PQgetvalue(result, row, column).map { String(cString: $0) } ?? "" }
        }
    }

    /// All rows of a statement with values, sent as Martlet's driver sends it; null is the empty text.
    func rows(_ sql: String, _ values: [Value]) throws -> [[String]] {
        var types: [UInt32] = []
        var texts: [[CChar]?] = []
        for value in values {
            switch value {
            case .null: (types, texts) = (types + [0], texts + [nil])
            case .int(let number): (types, texts) = (types + [20], texts + [Array(String(number).utf8CString)])
            case .real(let number): (types, texts) = (types + [701], texts + [Array(String(number).utf8CString)])
            case .text(let text): (types, texts) = (types + [25], texts + [Array(text.utf8CString)])
            case .bytes, .hash, .numbers: throw MartletError(.usage, "the queue's statements have no bytes")
            }
        }
        let copies = texts.map { text in text.map { strdup($0) } ?? nil }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { $0.map { UnsafePointer<CChar>($0) } }
        return try rows(of: PQexecParams(handle, sql, Int32(values.count), types, pointers, nil, nil, 0))
    }

    /// The first column of all rows.
    func texts(_ sql: String) throws -> [String] { try rows(sql).compactMap(\.first) }

    /// The first value as a number; 0 without one.
    func integer(_ sql: String) throws -> Int { try texts(sql).first.flatMap { Int($0) } ?? 0 }

    /// The tables of a schema in the order in which they were made.
    func tables(of schema: String) throws -> [String] {
        try texts(
            """
            SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('\(schema)') AND relkind = 'r' ORDER BY oid
            """)
    }

    /// The rows of a query in the binary form of COPY.
    func copy(from query: String) throws -> (bytes: [UInt8], rows: Int) {
        PQclear(try result("COPY (\(query)) TO STDOUT (FORMAT binary)"))
        var bytes: [UInt8] = []
        var piece: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(handle, &piece, 0)
            guard count > 0 else { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: piece, count: Int(count)))
            PQfreemem(piece)
        }
        return (bytes, try finish())
    }

    /// Sends rows in the binary form of COPY to a table; gives their number.
    func copy(_ bytes: [UInt8], to table: String, columns: [String]) throws -> Int {
        PQclear(try result("COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)"))
        try bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                let count = min(1 << 20, buffer.count - start)
                let base = buffer.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                guard PQputCopyData(handle, base, Int32(count)) == 1 else { throw failure() }
                start += count
            }
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure() }
        return try finish()
    }

    /// The result of a COPY that has got or given all its rows.
    private func finish() throws -> Int {
        var rows = 0
        var error: MartletError?
        while let result = PQgetResult(handle) {
            if PQresultStatus(result) != PGRES_COMMAND_OK { error = error ?? failure() }
            rows = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? rows
            PQclear(result)
        }
        if let error { throw error }
        return rows
    }

    private func result(_ sql: String) throws -> OpaquePointer? { try checked(PQexec(handle, sql)) }

    private func checked(_ result: OpaquePointer?) throws -> OpaquePointer? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT: return result
        default:
            defer { PQclear(result) }
            throw failure()
        }
    }

    private func failure() -> MartletError {
        let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return MartletError(
            .database, message.split(separator: "\n").first.map(String.init) ?? "the connection is lost")
    }
}
