import MartletCore

/// What a posture was evaluated from beside findings, resources and coverage, and what came of it.
public struct EvaluatedPosture: Sendable, Hashable {
    /// A hash of everything else that an evaluation looks at: frameworks, mutes, the scanner's configuration.
    public var basis: ContentHash
    /// Compliance rows (region × framework × requirement) that hold.
    public var complianceRows: Int64
    /// Findings that hold and are muted, by their source or by a mute.
    public var muted: Int64
    /// Resources that hold.
    public var resources: Int64
    /// Tags of these resources.
    public var tags: Int64

    /// An evaluation.
    public init(basis: ContentHash, complianceRows: Int64, muted: Int64, resources: Int64, tags: Int64) {
        self.basis = basis
        self.complianceRows = complianceRows
        self.muted = muted
        self.resources = resources
        self.tags = tags
    }

    /// The account's last evaluation; nil before the first.
    public static func last(of account: AccountID, _ connection: any Connection) throws -> EvaluatedPosture? {
        try connection.first(
            """
            SELECT evaluated_from, compliance_rows, muted_findings, held_resources, held_tags
            FROM accounts WHERE tenant = $1 AND id = $2
            """, account.values
        ) { row in
            guard !row.isNull(0) else { return nil }
            return EvaluatedPosture(
                basis: row.hash(0), complianceRows: row.int(1), muted: row.int(2), resources: row.int(3),
                tags: row.int(4))
        } ?? nil
    }

    /// Keeps it as the account's last evaluation, tells that something visible has changed and that nothing is pending.
    public func keep(_ account: AccountID, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE accounts SET posture_version = posture_version + 1, pending = 0, evaluated_from = $3,
                compliance_rows = $4, muted_findings = $5, held_resources = $6, held_tags = $7
            WHERE tenant = $1 AND id = $2
            """,
            account.values + [
                .hash(basis), .int(complianceRows), .int(muted), .int(resources), .int(tags),
            ])
    }
}
