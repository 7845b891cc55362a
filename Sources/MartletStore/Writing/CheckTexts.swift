import MartletCore

/// What sources say of checks, once per content, and which text holds for an account.
public enum CheckTexts {
    private static let stage = Stage(
        "stage_check_texts",
        [
            .init("content", .bytes), .init("check_id", .int), .init("service", .text), .init("title", .text),
            .init("document", .text),
        ])

    /// The hash by which a text is kept once.
    public static func content(of metadata: CheckMetadata) -> ContentHash {
        var hasher = ContentHasher()
        hasher.add(metadata.check)
        hasher.add(metadata.service)
        hasher.add(metadata.title)
        hasher.add(metadata.document)
        return hasher.finish()
    }

    /// The texts that hold for these checks of an account.
    public static func holding(
        of checks: [Int64], source: Int64, _ account: AccountID, _ connection: any Connection
    ) throws -> [Int64: CheckMetadata] {
        let wanted = Set(checks)
        var texts: [Int64: CheckMetadata] = [:]
        try connection.query(
            """
            SELECT h.check_id, c.name, t.service, t.title, t.document FROM check_holdings h
            JOIN check_texts t ON t.tenant = $1 AND t.id = h.check_text
            JOIN checks c ON c.tenant = $1 AND c.id = h.check_id
            WHERE h.tenant = $1 AND h.account = $2 AND h.source = $3 AND h.closed_in IS NULL
            """, account.values + [.int(source)]
        ) { row in
            guard wanted.contains(row.int(0)) else { return }
            texts[row.int(0)] = CheckMetadata(
                check: row.text(1), service: row.text(2), title: row.text(3), document: row.text(4))
        }
        return texts
    }

    /// Stores the texts that are new and makes them the account's. `texts` ascend by check number.
    public static func update(
        _ texts: [(check: Int64, metadata: CheckMetadata)], source: Int64, _ account: AccountID, generation: Int64,
        _ connection: any Connection
    ) throws {
        guard !texts.isEmpty else { return }
        let loader = try connection.load(stage)
        for (check, metadata) in texts {
            loader.add(content(of: metadata))
            loader.add(check)
            loader.add(metadata.service)
            loader.add(metadata.title)
            loader.add(metadata.document)
            try loader.endRow()
        }
        try loader.finish()
        try connection.lock(
            .numbers(
                table: "check_texts", tenant: account.tenant,
                when: """
                    EXISTS (SELECT 1 FROM stage_check_texts s
                    WHERE NOT EXISTS (SELECT 1 FROM check_texts t WHERE t.tenant = $1 AND t.content = s.content))
                    """))
        try connection.execute(
            """
            INSERT INTO check_texts (tenant, id, check_id, content, service, title, document)
            SELECT $1, (SELECT COALESCE(MAX(id), 0) FROM check_texts WHERE tenant = $1)
                + ROW_NUMBER() OVER (ORDER BY s.content), s.check_id, s.content, s.service, s.title, s.document
            FROM stage_check_texts s
            WHERE NOT EXISTS (SELECT 1 FROM check_texts t WHERE t.tenant = $1 AND t.content = s.content)
            """, [.int(account.tenant)])
        var numbers: [(check: Int64, text: Int64)] = []
        try connection.query(
            """
            SELECT s.check_id, t.id FROM stage_check_texts s JOIN check_texts t
            ON t.tenant = $1 AND t.content = s.content ORDER BY s.check_id
            """, [.int(account.tenant)]
        ) { numbers.append(($0.int(0), $0.int(1))) }
        let writer = try VersionedWriter(.checkHoldings, account, generation: generation, connection)
        for (check, text) in numbers {
            try writer.add(key: [.int(source), .int(check)], values: [.int(text)])
        }
        try writer.finish()
    }
}
