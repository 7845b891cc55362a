import MartletCore

extension Jobs {
    /// Renews leases of jobs together. A lease whose row the work's own transaction holds at this moment is passed over:
    /// that transaction renews it. Runs as the dispatch role; at most ``ClaimRequest/maximum`` at once.
    public static func renew(
        _ leases: [Lease], lifetime: Int64, _ connection: any Connection
    ) throws -> [LeaseRenewal] {
        guard !leases.isEmpty else { return [] }
        let leases = leases.prefix(ClaimRequest.maximum)
        let answers =
            switch connection.dialect {
            case .postgresql: try renewAtOnce(leases, lifetime, connection)
            case .sqlite: try renewOneByOne(leases, lifetime, connection)
            }
        return leases.map { lease in
            answers[lease.token] ?? LeaseRenewal(token: lease.token, answer: .lost, isCancelRequested: false)
        }
    }

    private static func renewOneByOne(
        _ leases: ArraySlice<Lease>, _ lifetime: Int64, _ connection: any Connection
    ) throws -> [Int64: LeaseRenewal] {
        let expiry = try connection.now() + lifetime
        var answers: [Int64: LeaseRenewal] = [:]
        for lease in leases {
            let values = lease.account.values + [.int(lease.token)]
            let held = try connection.first(
                """
                SELECT (SELECT 1 FROM jobs j WHERE j.tenant = f.tenant AND j.account = f.account
                        AND j.state = 'running' AND j.token = f.token AND j.cancel_requested_at IS NOT NULL)
                FROM fences f WHERE f.tenant = $1 AND f.account = $2 AND f.token = $3
                """, values
            ) { !$0.isNull(0) }
            guard let held else { continue }
            let renewed = try connection.execute(
                "UPDATE leases SET expires_at = $4 WHERE tenant = $1 AND account = $2 AND token = $3",
                values + [.int(expiry)])
            answers[lease.token] = LeaseRenewal(
                token: lease.token, answer: renewed == 1 ? .renewed : .lost, isCancelRequested: held)
        }
        return answers
    }

    /// PostgreSQL: one statement.
    private static func renewAtOnce(
        _ leases: ArraySlice<Lease>, _ lifetime: Int64, _ connection: any Connection
    ) throws -> [Int64: LeaseRenewal] {
        var values: [Value] = [.int(lifetime)]
        let rows = leases.map { lease in
            values += lease.account.values + [.int(lease.token)]
            return "($\(values.count - 2)::bigint, $\(values.count - 1)::bigint, $\(values.count)::bigint)"
        }
        let text = try connection.first(
            """
            WITH mine (tenant, account, token) AS (VALUES \(rows.joined(separator: ", "))),
            free AS (
                SELECT l.tenant, l.account, l.token FROM leases l JOIN mine m
                ON m.tenant = l.tenant AND m.account = l.account AND m.token = l.token FOR UPDATE OF l SKIP LOCKED),
            renewed AS (
                UPDATE leases l SET expires_at = FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint + $1
                FROM free WHERE l.tenant = free.tenant AND l.account = free.account AND l.token = free.token
                RETURNING l.token)
            SELECT COALESCE(json_agg(json_build_array(m.token, f.token IS NOT NULL AND l.token IS NOT NULL,
                r.token IS NOT NULL, j.cancel_requested_at IS NOT NULL)), '[]')::text
            FROM mine m
            LEFT JOIN fences f ON f.tenant = m.tenant AND f.account = m.account AND f.token = m.token
            LEFT JOIN leases l ON l.tenant = m.tenant AND l.account = m.account AND l.token = m.token
            LEFT JOIN renewed r ON r.token = m.token
            LEFT JOIN jobs j ON j.tenant = m.tenant AND j.account = m.account AND j.state = 'running'
                AND j.token = m.token
            """, values
        ) { $0.text(0) }
        var answers: [Int64: LeaseRenewal] = [:]
        for row in try JSONValue.parse(text ?? "[]").arrayValue ?? [] {
            guard let token = row[0]?.intValue, let holds = row[1]?.boolValue, let renewed = row[2]?.boolValue,
                let cancelled = row[3]?.boolValue
            else { continue }
            answers[token] = LeaseRenewal(
                token: token, answer: !holds ? .lost : renewed ? .renewed : .unknown, isCancelRequested: cancelled)
        }
        return answers
    }
}
