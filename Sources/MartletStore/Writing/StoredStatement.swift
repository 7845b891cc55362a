import MartletCore

/// A published version of a finding in the form in which a source would state it.
public struct StoredStatement: Sendable, Hashable {
    /// The finding's identity.
    public var fingerprint: ContentHash
    /// The check's id.
    public var check: String
    /// The regions in the form of ``Names/setName(_:)``.
    public var regionSet: String
    /// What tells several statements of the check about the resource apart.
    public var discriminator: String
    /// The hash of ``value``.
    public var content: ContentHash
    /// What may differ from version to version.
    public var value: FindingContent

    /// The statements of these versions, by id; one statement.
    public static func all(
        of identifiers: [Int64], _ account: AccountID, _ connection: any Connection
    ) throws -> [Int64: StoredStatement] {
        guard !identifiers.isEmpty else { return [:] }
        var statements: [Int64: StoredStatement] = [:]
        try connection.lookUp(
            """
            SELECT f.id, f.fingerprint, c.name, g.name, f.discriminator, f.content, f.status, f.severity, f.muted,
                f.detail, f.first_seen_at, f.observed_at
            FROM findings f CROSS JOIN checks c CROSS JOIN region_sets g
            WHERE f.tenant = $1 AND f.account = $2 AND f.id = $3 AND c.tenant = $1 AND c.id = f.check_id
            AND g.tenant = $1 AND g.id = f.regions
            """, account.values, numbers: identifiers
        ) { _, row in
            statements[row.int(0)] = StoredStatement(
                fingerprint: row.hash(1), check: row.text(2), regionSet: row.text(3), discriminator: row.text(4),
                content: row.hash(5),
                value: FindingContent(
                    status: Status(rawValue: Int(row.int(6))) ?? .manual,
                    severity: Severity(rawValue: Int(row.int(7))) ?? .informational, muted: row.int(8) != 0,
                    detail: row.text(9), firstSeenAt: row.time(10), observedAt: row.time(11)))
        }
        return statements
    }
}
