import MartletCore
import MartletPolicy

/// Mutes of a tenant and the findings they cover.
public enum MuteRecords {
    /// A finding as mutes look at it.
    public struct Candidate: Sendable {
        /// The finding's identity.
        public var fingerprint: ContentHash
        /// The check's id.
        public var check: String
        /// The names of its regions, sorted; empty when it names none.
        public var regions: [String]
        /// The resource's uid; may be empty.
        public var resourceUID: String
        /// The resource's name; empty when it has none.
        public var resourceName: String
        /// The resource's tags, sorted.
        public var tags: [Tag]
    }

    /// Every mute that is not disabled, with when it was made, the oldest first.
    public static func all(
        tenant: Int64, _ connection: any Connection
    ) throws -> [(rule: MuteRule, createdAt: Timestamp)] {
        var rules: [(rule: MuteRule, createdAt: Timestamp)] = []
        try connection.query(
            "SELECT rule, created_at FROM mutes WHERE tenant = $1 AND disabled = 0 ORDER BY created_at, id",
            [.int(tenant)]
        ) {
            rules.append((try MuteRule(json: try JSONValue.parse($0.text(0))), $0.time(1)))
        }
        return rules
    }

    /// Adds a mute.
    public static func add(_ rule: MuteRule, tenant: Int64, _ connection: any Connection) throws {
        try connection.execute(
            "INSERT INTO mutes (tenant, id, origin, created_at, expires_at, rule) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .int(tenant), .text(rule.id), .text(rule.origin.rawValue), .int(try connection.now()),
                .optional(rule.expiresAt), .text(rule.json.canonicalText),
            ])
    }

    /// Removes a mute; false when there is none.
    public static func remove(id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM mutes WHERE tenant = $1 AND id = $2", [.int(tenant), .text(id)]) > 0
    }

    /// Removes every mute of an origin.
    public static func removeAll(
        origin: MuteOrigin, tenant: Int64, _ connection: any Connection
    ) throws {
        try connection.execute(
            "DELETE FROM mutes WHERE tenant = $1 AND origin = $2", [.int(tenant), .text(origin.rawValue)])
    }

    /// Whether a mute that has expired still covers findings.
    public static func hasExpired(tenant: Int64, _ connection: any Connection) throws -> Bool {
        let now = try connection.now()
        let expired = try connection.first(
            """
            SELECT 1 FROM mutes m WHERE m.tenant = $1 AND m.expires_at IS NOT NULL AND m.expires_at <= $2
            AND EXISTS (SELECT 1 FROM finding_mutes f WHERE f.tenant = $1 AND f.mute = m.id AND f.closed_in IS NULL)
            LIMIT 1
            """, [.int(tenant), .int(now)]
        ) { _ in true }
        return expired == true
    }

    /// Every finding that holds at the newest generation, in the order of fingerprints.
    public static func candidates(
        _ account: AccountID, generation: Int64, _ connection: any Connection, _ body: (Candidate) throws -> Void
    ) throws {
        try connection.query(
            """
            SELECT f.fingerprint, c.name, s.name, r.uid, r.name, r.tags
            FROM findings f
            CROSS JOIN checks c
            CROSS JOIN region_sets s
            LEFT JOIN resources r ON r.tenant = $1 AND r.account = $2 AND r.resource = f.resource
                AND r.closed_in IS NULL AND r.opened_in <= $3
            WHERE f.tenant = $1 AND f.account = $2 AND f.closed_in IS NULL AND f.opened_in <= $3
            AND c.tenant = $1 AND c.id = f.check_id AND s.tenant = $1 AND s.id = f.regions
            ORDER BY f.fingerprint
            """, account.values + [.int(generation)]
        ) { row in
            try body(
                Candidate(
                    fingerprint: row.hash(0), check: row.text(1), regions: Names.regions(ofSet: row.text(2)),
                    resourceUID: row.text(3), resourceName: row.text(4), tags: TagText.decode(row.text(5))))
        }
    }

    /// Whether any finding of the account is covered by a mute now.
    public static func coversAny(_ account: AccountID, _ connection: any Connection) throws -> Bool {
        let covered = try connection.first(
            "SELECT 1 FROM finding_mutes WHERE tenant = $1 AND account = $2 AND closed_in IS NULL LIMIT 1",
            account.values
        ) { _ in true }
        return covered == true
    }

    /// Replaces what mutes cover; `body` calls its argument in the order of fingerprints.
    ///
    /// - Parameter isPublished: The generation is published already: what was covered before is written down, for lists
    ///   that are being read, and waits for ``numberChanges(of:generation:_:)``.
    public static func replaceCovered(
        _ account: AccountID, generation: Int64, isPublished: Bool = false, _ connection: any Connection,
        _ body: ((ContentHash, _ mute: String, _ reason: String) throws -> Void) throws -> Void
    ) throws {
        let writer = try VersionedWriter(.findingMutes, account, generation: generation, connection)
        try body { fingerprint, mute, reason in
            try writer.add(key: [.hash(fingerprint)], values: [.text(mute), .text(reason)])
        }
        try writer.finish { stage in
            if isPublished { try keepChanges(account, generation: generation, stage: stage, connection) }
        }
    }
}
