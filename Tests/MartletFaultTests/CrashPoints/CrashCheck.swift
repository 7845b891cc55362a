import MartletCore
import MartletStore

@testable import MartletEngine

/// What must hold of a run's tenant, whatever happened.
struct CrashCheck: Sendable {
    let store: Store
    let scene: CrashScene
    let account: String

    /// After the disturbed process has ended and before anybody else has worked: all of the change is seen, or nothing.
    func between() async throws -> [String] {
        var problems: [String] = []
        let (before, after) = CrashScene.postures()
        let seen = try await SeenPosture.lines(store, account: account)
        if scene.isScan {
            let scan = try await store.read { try $0.scans().first { $0.state != .completed || $0.generation > 1 } }
            if seen != before, seen != after { problems.append("a part is seen: \(seen.sorted())") }
            if (seen == after) != (scan?.state == .completed) {
                problems.append("seen, and \(String(describing: scan))")
            }
        } else if !scene.isMute, seen != before {
            problems.append("changed: \(seen.sorted())")
        }
        if scene.isMute {
            let (muted, pending) = try await muted()
            let isAdded = try await store.read { try !$0.mutes().isEmpty }
            // What is not muted yet says that it is on its way.
            if isAdded, !muted, !pending { problems.append("added, not applied, and nobody says so") }
            if !isAdded, muted || pending { problems.append("not added, and shown") }
        }
        return problems
    }

    /// At the end.
    func after(_ said: [String]) async throws -> [String] {
        var problems: [String] = []
        let (before, after) = CrashScene.postures()
        if scene.isMute {
            let (muted, pending) = try await muted()
            if !muted || pending { problems.append("muted: \(muted), pending: \(pending)") }
            let count = try await store.read { try $0.mutes().count }
            if count != 1 { problems.append("\(count) mutes") }
        } else {
            let seen = try await SeenPosture.lines(store, account: account)
            if seen != (scene.isScan ? after : before) { problems.append("findings: \(seen.sorted())") }
        }
        problems += try await jobs(said)
        problems += try await rows()
        return problems
    }

    /// Whether the check's only finding is muted, in the listing and in the counts, and whether more is to come.
    private func muted() async throws -> (muted: Bool, pending: Bool) {
        let account = account
        return try await store.read { reader in
            let filter = AccountFilter(accounts: ["aws/" + account])
            var findings = FindingFilter()
            findings.accounts = filter
            var muted = 0
            try reader.findings(findings) { row in if row.muted, row.check.check == "c1" { muted += 1 } }
            let rows = try reader.accounts(filter)
            let counted = rows.reduce(0) { $0 + Int($1.summary.muted) }
            return (muted == 1 && counted == 1, rows.contains(where: \.pending))
        }
    }

    /// Tokens grow from claim to claim, and every attempt is accounted for.
    private func jobs(_ said: [String]) async throws -> [String] {
        guard scene != .mute else { return [] }
        var problems: [String] = []
        let tokens = said.compactMap { line in
            line.contains("claimed (") ? line.split(separator: " ").last.flatMap { Int64($0.dropLast()) } : nil
        }
        for (earlier, later) in zip(tokens, tokens.dropFirst()) where later <= earlier {
            problems.append("tokens \(tokens)")
        }
        let ids = try await store.read { reader in
            try reader.scans().filter { $0.origin != "first" }.map(\.id)
        }
        for id in scene.isScan ? ids : ["job"] {
            guard let job = try await store.read({ try $0.job(id) }) else {
                problems.append("no job \(id)")
                continue
            }
            // Failed attempts are those that are no losses; the last one has succeeded.
            let failures: Int64 = scene == .brokenScan ? 1 : 0
            if job.state != .completed || !(0...failures).contains(job.attempts - job.losses - 1) {
                problems.append("\(job)")
            }
            if let last = tokens.last, job.token != last { problems.append("token \(job.token), claimed \(tokens)") }
            if scene.isScan, let scan = try await store.read({ try $0.scan(id) }) {
                let counts = scan.counts
                if scan.state != .completed || scan.token != job.token || scan.attempts != job.attempts {
                    problems.append("\(scan)")
                }
                if counts.read != 7 || counts.new != 2 || counts.duplicates != 1 || counts.gone != 1 {
                    problems.append("\(counts)")
                }
            }
        }
        if scene.isScan, ids.count != 1 { problems.append("\(ids.count) scans") }
        return problems
    }

    /// Nothing is left over, in any table.
    private func rows() async throws -> [String] {
        let tenant = store.tenant
        return try await store.database.scoped(to: .owner).read { connection in
            var problems: [String] = []
            let versioned = [
                "findings", "resources", "coverage", "check_holdings", "finding_mutes", "compliance_rows",
                "framework_summaries", "scores", "postures",
            ]
            var questions = versioned.map { table in
                (
                    "\(table) of no published generation",
                    """
                    SELECT COUNT(*) FROM \(table) v JOIN accounts a ON a.tenant = v.tenant AND a.id = v.account
                    WHERE v.tenant = $1 AND (v.opened_in > a.published OR v.closed_in > a.published)
                    """
                )
            }
            questions += [
                (
                    "findings open twice",
                    """
                    SELECT COUNT(*) FROM (SELECT 1 FROM findings WHERE tenant = $1 AND closed_in IS NULL
                    GROUP BY account, fingerprint HAVING COUNT(*) > 1) d
                    """
                ),
                (
                    "resources open twice",
                    """
                    SELECT COUNT(*) FROM (SELECT 1 FROM resources WHERE tenant = $1 AND closed_in IS NULL
                    GROUP BY account, uid HAVING COUNT(*) > 1) d
                    """
                ),
                (
                    "counts that are none",
                    """
                    SELECT COUNT(*) FROM accounts a WHERE tenant = $1 AND
                    (SELECT COALESCE(SUM(p.findings), 0) FROM postures p
                     WHERE p.tenant = a.tenant AND p.account = a.id AND p.closed_in IS NULL) <>
                    (SELECT COUNT(*) FROM findings f
                     WHERE f.tenant = a.tenant AND f.account = a.id AND f.closed_in IS NULL)
                    """
                ),
                ("leases", "SELECT COUNT(*) FROM leases WHERE tenant = $1"),
                ("unfinished jobs", "SELECT COUNT(*) FROM jobs WHERE tenant = $1 AND state IN ('queued', 'running')"),
                (
                    "jobs with tokens that their fence does not know",
                    """
                    SELECT COUNT(*) FROM jobs j JOIN fences f ON f.tenant = j.tenant AND f.account = j.account
                    WHERE j.tenant = $1 AND j.token > f.token
                    """
                ),
                ("scans that go on", "SELECT COUNT(*) FROM scans WHERE tenant = $1 AND state NOT IN ('completed')"),
            ]
            for (name, sql) in questions {
                let wrong = try connection.first(sql, [.int(tenant)]) { $0.int(0) } ?? -1
                if wrong != 0 { problems.append("\(wrong) \(name)") }
            }
            return problems
        }
    }
}
