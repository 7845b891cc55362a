import MartletCore

/// Versions of findings, written in batches.
public enum Findings {
    /// For each fingerprint the newest two versions: that of the running generation, where there is one, and the newest
    /// before it. One statement. `body` gets the fingerprint's place.
    public static func versions(
        of fingerprints: [ContentHash], _ account: AccountID, _ connection: any Connection,
        _ body: (Int, FindingVersion) throws -> Void
    ) throws {
        guard !fingerprints.isEmpty else { return }
        try connection.lookUp(
            """
            SELECT id, opened_in, closed_in, content, status, ever_failed, first_seen_at, failing_since
            FROM findings WHERE tenant = $1 AND account = $2 AND fingerprint = $3 ORDER BY opened_in DESC LIMIT 2
            """, account.values, keys: fingerprints
        ) { place, row in
            try body(
                place,
                FindingVersion(
                    id: row.int(0), openedIn: row.int(1), closedIn: row.optionalInt(2), content: row.hash(3),
                    status: Status(rawValue: Int(row.int(4))) ?? .manual, everFailed: row.int(5) != 0,
                    firstSeenAt: row.time(6), failingSince: row.optionalTime(7)))
        }
    }

    /// The contents of versions that a batch has to merge with.
    public static func contents(
        of identifiers: [Int64], _ account: AccountID, _ connection: any Connection
    ) throws -> [Int64: FindingContent] {
        guard !identifiers.isEmpty else { return [:] }
        var contents: [Int64: FindingContent] = [:]
        try connection.lookUp(
            """
            SELECT id, status, severity, muted, detail, first_seen_at, observed_at
            FROM findings WHERE tenant = $1 AND id = $2
            """, [.int(account.tenant)], numbers: identifiers
        ) { _, row in
            contents[row.int(0)] = FindingContent(
                status: Status(rawValue: Int(row.int(1))) ?? .manual,
                severity: Severity(rawValue: Int(row.int(2))) ?? .informational, muted: row.int(3) != 0,
                detail: row.text(4), firstSeenAt: row.time(5), observedAt: row.time(6))
        }
        return contents
    }

    /// Removes versions of the running generation that a merge has made wrong.
    public static func remove(_ identifiers: [Int64], _ account: AccountID, _ connection: any Connection) throws {
        guard !identifiers.isEmpty else { return }
        try connection.execute(
            "DELETE FROM findings WHERE tenant = $1 AND account = $2 AND \(connection.dialect.isAmong("id", "$3"))",
            account.values + [.numbers(identifiers)])
    }

    /// Opens versions, given in the order of their fingerprints.
    public static func open(
        _ records: [FindingRecord], _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        guard !records.isEmpty else { return }
        let loader = try connection.load(into: "findings", columns: columns)
        for record in records {
            loader.add(account.tenant)
            loader.add(account.account)
            loader.add(record.fingerprint)
            loader.add(generation)
            loader.add(record.source)
            loader.add(record.check)
            loader.add(record.regions)
            loader.add(record.resource)
            loader.add(Int64(record.status.rawValue))
            loader.add(Int64(record.severity.rawValue))
            loader.add(record.muted)
            loader.add(Int64(record.delta.rawValue))
            loader.add(Int64(record.transition.rawValue))
            loader.add(record.everFailed)
            loader.add(record.firstSeenAt)
            loader.add(record.failingSince)
            loader.add(record.observedAt)
            loader.add(record.statement)
            loader.add(record.content)
            loader.add(record.discriminator)
            loader.add(record.detail)
            try loader.endRow()
        }
        try loader.finish()
    }

    private static let columns = [
        "tenant", "account", "fingerprint", "opened_in", "source", "check_id", "regions", "resource", "status",
        "severity", "muted", "delta", "transition", "ever_failed", "first_seen_at", "failing_since", "observed_at",
        "statement",
        "content", "discriminator", "detail",
    ]
}
