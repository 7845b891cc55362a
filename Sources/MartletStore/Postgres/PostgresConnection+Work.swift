import MartletCore

/// Which transactions work under which token. A row could tell it only after its transaction has ended; a shared advisory
/// lock is seen by all as long as the transaction lives, on whatever connection it runs, and goes with it.
extension PostgresConnection {
    func announce(_ token: Int64) throws {
        // Nobody ever takes the other half of the lock, so there is nothing to wait for.
        try attempt { () throws(PostgresStatementError) in
            try handle.post(
                "SELECT pg_catalog.pg_advisory_xact_lock_shared($1::bigint::int, $2::bigint::int)",
                PostgresParameters([.int(workSpace), .int(Int64(Int32(truncatingIfNeeded: token)))]))
        }
    }

    func endWhenSilent(milliseconds: Int) throws {
        guard milliseconds < settings.idleInTransactionMilliseconds else { return }
        try run("SET LOCAL idle_in_transaction_session_timeout = \(milliseconds)")
    }

    func work(under token: Int64, ends: Bool) throws -> Int {
        // How pg_locks shows the two numbers of such a lock: without a sign.
        let values: [Value] = [workSpace, token].map { .int(Int64(UInt32(truncatingIfNeeded: $0))) }
        let source = """
            pg_catalog.pg_locks k JOIN pg_catalog.pg_stat_activity a ON a.pid = k.pid
            WHERE k.locktype = 'advisory' AND k.objsubid = 2 AND k.granted AND k.pid <> pg_catalog.pg_backend_pid()
            AND k.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            AND k.classid::bigint = $1 AND k.objid::bigint = $2
            """
        if ends {
            // Waits for their ends. A login ends its own connections and those of logins of which it is a member.
            try query(
                """
                SELECT pg_catalog.pg_terminate_backend(k.pid, \(Self.endMilliseconds))
                FROM \(source) AND pg_catalog.pg_has_role(a.usesysid, 'USAGE')
                """, values
            ) { _ in }
        }
        return Int(try first("SELECT COUNT(*) FROM \(source)", values) { $0.int(0) } ?? 0)
    }

    private static let endMilliseconds = 2_000

    /// Advisory locks belong to the whole database, so the schema is part of the number.
    private var workSpace: Int64 {
        var hasher = ContentHasher()
        hasher.add(settings.schema)
        hasher.add("work")
        return Int64(Int32(truncatingIfNeeded: Int64(bitPattern: hasher.finish().high)))
    }
}
