import MartletCore

/// Closing of versions that a generation replaces or does not find any more; done by publish alone.
public enum Closings {
    /// Why a version of a finding was closed. The raw value is stored in databases.
    public enum Reason: Int64, Sendable {
        /// A newer version follows.
        case replaced = 1
        /// Its check and regions were covered and it was not seen.
        case gone = 2
    }

    /// A finding that holds and belongs to a source, as the search for unseen ones needs it.
    public struct Candidate: Sendable {
        /// The number of the version's row.
        public var id: Int64
        /// The check's number.
        public var check: Int64
        /// The number of the set of regions it names.
        public var regions: Int64
        /// Its status while it holds.
        public var status: Status
    }

    private static let stage = Stage("stage_closings", [.init("id", .int), .init("reason", .int)])

    /// Every finding of the source that readers see now, from the index of current findings alone.
    public static func candidates(
        _ account: AccountID, source: Int64, published: Int64, _ connection: any Connection,
        _ body: (Candidate) throws -> Void
    ) throws {
        try connection.query(
            """
            SELECT id, check_id, regions, status FROM findings
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL AND opened_in <= $4 AND source = $3
            """, account.values + [.int(source), .int(published)]
        ) { row in
            try body(
                Candidate(
                    id: row.int(0), check: row.int(1), regions: row.int(2),
                    status: Status(rawValue: Int(row.int(3))) ?? .manual))
        }
    }

    /// Closes versions of findings. `reasons` yields each id once.
    public static func close(
        findings reasons: [(id: Int64, reason: Reason)], _ account: AccountID, generation: Int64,
        _ connection: any Connection
    ) throws {
        guard !reasons.isEmpty else { return }
        let loader = try connection.load(stage)
        for (id, reason) in reasons {
            loader.add(id)
            loader.add(reason.rawValue)
            try loader.endRow()
        }
        try loader.finish()
        let closed = try connection.execute(
            """
            UPDATE findings SET closed_in = $1, closed_as = s.reason FROM stage_closings s
            WHERE findings.tenant = $2 AND findings.id = s.id AND findings.closed_in IS NULL
            """, [.int(generation), .int(account.tenant)])
        guard closed == reasons.count else {
            throw MartletError(.database, "\(reasons.count) findings were to be closed and \(closed) were.")
        }
    }

    /// Closes versions of resources that newer ones replace, and resources that no finding names any more because the
    /// last one closed in this generation.
    public static func close(
        replacedResources: [Int64], _ account: AccountID, generation: Int64, gone: Bool, _ connection: any Connection
    ) throws {
        if !replacedResources.isEmpty {
            try Findings.loadIDs(replacedResources, connection)
            let closed = try connection.execute(
                """
                UPDATE resources SET closed_in = $1
                WHERE tenant = $2 AND id IN (SELECT id FROM stage_ids) AND closed_in IS NULL
                """, [.int(generation), .int(account.tenant)])
            guard closed == replacedResources.count else {
                throw MartletError(
                    .database, "\(replacedResources.count) resources were to be closed and \(closed) were.")
            }
        }
        guard gone else { return }
        try connection.execute(
            """
            UPDATE resources SET closed_in = $3
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            AND resource IN (
                SELECT f.resource FROM stage_closings s CROSS JOIN findings f
                WHERE f.tenant = $1 AND f.id = s.id AND s.reason = 2)
            AND resource NOT IN (
                SELECT resource FROM findings WHERE tenant = $1 AND account = $2 AND closed_in IS NULL)
            """, account.values + [.int(generation)])
    }
}
