import CPostgres

/// A result of libpq, freed with its owner.
final class PostgresResult {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var status: ExecStatusType { PQresultStatus(result) }
    var rowCount: Int { Int(PQntuples(result)) }
    var columnCount: Int { Int(PQnfields(result)) }

    /// How many rows a statement changed; 0 where it tells none.
    var changed: Int {
        guard let text = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// The name of the statement that ran.
    var command: String {
        let text = PQcmdStatus(result).map { String(cString: $0) } ?? ""
        return text.split(separator: " ").first.map(String.init) ?? ""
    }

    /// The SQLSTATE of a failure.
    var state: String { field(67) }
    /// The server's message without details, which may hold data.
    var message: String { field(77) }

    func type(of column: Int) -> UInt32 { PQftype(result, Int32(column)) }
    func isNull(_ row: Int, _ column: Int) -> Bool { PQgetisnull(result, Int32(row), Int32(column)) != 0 }

    /// The value's bytes; valid while the result lives.
    func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, Int32(row), Int32(column)),
            count: Int(PQgetlength(result, Int32(row), Int32(column))))
    }

    // The codes of libpq's error fields are letters: C for the SQLSTATE, M for the primary message.
    private func field(_ code: Int32) -> String {
        PQresultErrorField(result, code).map { String(cString: $0) } ?? ""
    }
}
