import MartletCore

extension PostgresConnection {
    /// Leaves word of this transaction, just before its end; nil when it has written nothing. It does not count.
    func leave(_ receipt: PostgresReceipt, isOwner: Bool) throws -> PostgresReceipt? {
        var receipt = receipt
        // Before and while the schema is made there is no such table; what the owner does can be done twice.
        let sql =
            isOwner
            ? "SELECT pg_current_xact_id_if_assigned()::text"
            : """
            INSERT INTO receipts (session, number, at)
            SELECT $1, $2, FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint
            WHERE pg_current_xact_id_if_assigned() IS NOT NULL
            ON CONFLICT (session) DO UPDATE SET number = excluded.number, at = excluded.at
            RETURNING pg_current_xact_id()::text
            """
        let values = isOwner ? [] : [Value.int(receipt.session), .int(receipt.number)]
        let result = try attempt { () throws(PostgresStatementError) in try handle.run(sql, PostgresParameters(values))
        }
        guard result.rowCount > 0, !result.isNull(0, 0) else { return nil }
        receipt.transaction = String(decoding: result.bytes(0, 0), as: UTF8.self)
        receipt.isWritten = !isOwner
        return receipt
    }

    /// Removes word of sessions that ended long ago; what another session removes at this moment is not waited for.
    func removeOldReceipts() throws {
        let result = try attempt { () throws(PostgresStatementError) in
            try handle.aside { () throws(PostgresStatementError) in
                try handle.run(
                    """
                    DELETE FROM receipts WHERE session IN (SELECT session FROM receipts
                    WHERE at < FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint - 86400000
                    FOR UPDATE SKIP LOCKED)
                    """)
            }
        }
        _ = result
    }

    /// Whether the server still works on a transaction. It holds a lock on its own number until after its end is visible
    /// to all; a snapshot would not tell, since one that has begun last of all is not in it, like one that never was.
    func isRunning(_ receipt: PostgresReceipt) throws -> Bool {
        try first(
            """
            SELECT 1 FROM pg_catalog.pg_locks WHERE locktype = 'transactionid' AND granted AND mode = 'ExclusiveLock'
            AND transactionid = $1::text::xid8::xid
            """, [.text(receipt.transaction)]
        ) { _ in true } ?? false
    }

    /// Whether the server says that a transaction, which has ended, is committed. A number that the server has not given
    /// yet was lost in a crash.
    func isCommitted(_ receipt: PostgresReceipt) throws -> Bool {
        let status = try first(
            """
            SELECT CASE WHEN $1::text::xid8 < pg_snapshot_xmax(pg_current_snapshot())
                THEN pg_xact_status($1::text::xid8) ELSE 'aborted' END
            """, [.text(receipt.transaction)]
        ) { $0.text(0) }
        return status == "committed"
    }

    /// Whether word of a transaction is there.
    func has(_ receipt: PostgresReceipt) throws -> Bool {
        try first(
            "SELECT 1 FROM receipts WHERE session = $1 AND number = $2", [.int(receipt.session), .int(receipt.number)]
        ) { _ in true } ?? false
    }
}
