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
        /// Its severity while it holds.
        public var severity: Severity
    }

    /// Every finding of the source that readers see now, from the index of current findings alone.
    public static func candidates(
        _ account: AccountID, source: Int64, published: Int64, _ connection: any Connection,
        _ body: (Candidate) throws -> Void
    ) throws {
        try connection.query(
            """
            SELECT id, check_id, regions, status, severity FROM findings
            WHERE tenant = $1 AND account = $2 AND closed_in IS NULL AND opened_in <= $4 AND source = $3
            """, account.values + [.int(source), .int(published)]
        ) { row in
            try body(
                Candidate(
                    id: row.int(0), check: row.int(1), regions: row.int(2),
                    status: Status(rawValue: Int(row.int(3))) ?? .manual,
                    severity: Severity(rawValue: Int(row.int(4))) ?? .informational))
        }
    }

    /// Closes versions of findings. `reasons` yields each id once.
    public static func close(
        findings reasons: [(id: Int64, reason: Reason)], _ account: AccountID, generation: Int64,
        _ connection: any Connection
    ) throws {
        guard !reasons.isEmpty else { return }
        let gone = reasons.filter { $0.reason == .gone }.map(\.id)
        let closed = try connection.execute(
            """
            UPDATE findings SET closed_in = $3, closed_as = CASE WHEN \(connection.dialect.isAmong("id", "$5"))
                THEN \(Reason.gone.rawValue) ELSE \(Reason.replaced.rawValue) END
            WHERE tenant = $1 AND account = $2 AND \(connection.dialect.isAmong("id", "$4")) AND closed_in IS NULL
            """, account.values + [.int(generation), .numbers(reasons.map(\.id)), .numbers(gone)])
        guard closed == reasons.count else {
            throw MartletError(.database, "\(reasons.count) findings were to be closed and \(closed) were.")
        }
    }

    /// Closes versions of resources that newer ones replace.
    public static func close(
        replacedResources: [Int64], _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        guard !replacedResources.isEmpty else { return }
        let closed = try connection.execute(
            """
            UPDATE resources SET closed_in = $3 WHERE tenant = $1 AND account = $2
            AND \(connection.dialect.isAmong("id", "$4")) AND closed_in IS NULL
            """, account.values + [.int(generation), .numbers(replacedResources)])
        guard closed == replacedResources.count else {
            throw MartletError(
                .database, "\(replacedResources.count) resources were to be closed and \(closed) were.")
        }
    }

    /// Closes resources that no finding names any more, of those that findings named which this generation has closed as
    /// gone.
    public static func closeResources(
        ofGone findings: [Int64], _ account: AccountID, generation: Int64, _ connection: any Connection
    ) throws {
        guard !findings.isEmpty else { return }
        // A set operation sorts or hashes. NOT IN and NOT EXISTS may become a search of the whole account for each one.
        var unnamed: [Int64] = []
        try connection.query(
            """
            SELECT resource FROM findings WHERE tenant = $1 AND account = $2 AND \(connection.dialect.isAmong("id", "$3"))
            EXCEPT SELECT resource FROM findings WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            """, account.values + [.numbers(findings)]
        ) { unnamed.append($0.int(0)) }
        guard !unnamed.isEmpty else { return }
        try connection.execute(
            """
            UPDATE resources SET closed_in = $3 WHERE tenant = $1 AND account = $2 AND closed_in IS NULL
            AND \(connection.dialect.isAmong("resource", "$4"))
            """, account.values + [.int(generation), .numbers(unnamed)])
    }
}
