import MartletCore

extension PostgresConnection {
    /// Begins a transaction as a scope. All settings hold for the transaction only, as PgBouncer's transaction mode
    /// demands.
    func begin(_ scope: DatabaseScope, readOnly: Bool) throws {
        count("BEGIN")
        let settings = settings
        // Every role, schema and limit is set anew: a pooled connection remembers nothing. No statement is long enough for
        // compiling it to pay.
        try run(
            """
            BEGIN ISOLATION LEVEL \(readOnly ? "REPEATABLE READ READ ONLY" : "READ COMMITTED");
            SET LOCAL search_path = \(PostgresText.quoted(settings.schema)), pg_temp;
            SET LOCAL statement_timeout = \(settings.statementMilliseconds);
            SET LOCAL lock_timeout = \(settings.lockMilliseconds);
            SET LOCAL idle_in_transaction_session_timeout = \(settings.idleInTransactionMilliseconds);
            SET LOCAL cursor_tuple_fraction = 1;
            SET LOCAL jit = off;
            \(statements(entering: scope))
            """)
    }

    func enter(_ scope: DatabaseScope) throws { try run(statements(entering: scope)) }

    private func statements(entering scope: DatabaseScope) -> String {
        switch scope {
        case .owner: "SET LOCAL ROLE NONE; SET LOCAL martlet.tenant = ''"
        case .dispatch:
            "SET LOCAL ROLE \(PostgresText.quoted(settings.dispatchRole)); SET LOCAL martlet.tenant = ''"
        case .tenant(let tenant):
            "SET LOCAL ROLE \(PostgresText.quoted(settings.applicationRole)); SET LOCAL martlet.tenant = '\(tenant)'"
        }
    }

    /// Ends the transaction.
    func commit() throws {
        count("COMMIT")
        let result = try attempt { () throws(PostgresStatementError) in try handle.runLosingAnswer("COMMIT") }
        // A transaction in which a statement failed unnoticed ends as a rollback.
        guard result.command == "COMMIT" else {
            throw MartletError(.database, "The database rolled the transaction back.", place: settings.place)
        }
        handle.pass(PostgresHandle.remark + "after COMMIT")
    }

    func lock(_ lock: TransactionLock) throws {
        switch lock {
        case .account(let id):
            _ = try attempt { () throws(PostgresStatementError) in
                try handle.run(
                    "SELECT 1 FROM accounts WHERE tenant = $1 AND id = $2 FOR NO KEY UPDATE",
                    PostgresParameters(id.values))
            }
        case .tenants: try take("tenants", 0, when: nil)
        case .numbers(let table, let tenant, let condition): try take(table, tenant, when: condition)
        case .work(let token): try announce(token)
        }
    }

    private func take(_ name: String, _ tenant: Int64, when condition: String?) throws {
        // Locks of this kind belong to the whole database, so the schema is part of the number.
        var hasher = ContentHasher()
        hasher.add(settings.schema)
        hasher.add(name)
        hasher.add(String(tenant))
        let number = Int64(bitPattern: hasher.finish().high)
        let filter = condition.map { "WHERE $1::bigint IS NOT NULL AND \($0)" } ?? "WHERE $1::bigint IS NOT NULL"
        // Statements are carried out one after the other, so those that follow wait for the lock.
        try attempt { () throws(PostgresStatementError) in
            try planFreely()
            try handle.post(
                "SELECT pg_catalog.pg_advisory_xact_lock($2)::text \(filter)",
                PostgresParameters([.int(tenant), .int(number)]))
        }
    }

    func nextToken() throws -> Int64 {
        try first("SELECT nextval('tokens')") { $0.int(0) } ?? 0
    }

    func raise(_ source: NumberSource, above number: Int64) throws {
        guard number > 0 else { return }
        let sequence = source == .tokens ? "tokens" : "\(source.rawValue)_id_seq"
        try withFirst(
            "SELECT setval('\(sequence)', $1) WHERE $1 > (SELECT last_value FROM \(sequence))", [.int(number)]
        ) { _ in }
    }
}
