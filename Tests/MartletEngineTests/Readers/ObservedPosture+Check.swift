import MartletCore
import MartletPolicy
import MartletStore

@testable import MartletEngine

extension ObservedPosture {
    /// What contradicts itself or the plan, in few words; empty when all is of one state.
    func contradictions(_ plan: PlannedScans) -> [String] {
        guard plan.expected.indices.contains(Int(account.published) - 1) else { return ["an unknown generation"] }
        let expected = plan.expected[Int(account.published) - 1]
        var texts = wrongTotals(expected) + wrongScan(expected) + wrongCompliance()
        if !account.pending { texts += notYetChanged() }
        return texts.map { "generation \(account.published), version \(account.postureVersion): \($0)" }
    }

    private func wrongTotals(_ expected: PlannedScans.Expectation) -> [String] {
        var recount = PostureSummary()
        for finding in findings {
            recount.add(1, status: finding.status, severity: finding.severity, muted: finding.muted)
        }
        let byStatus = Dictionary(grouping: findings, by: \.status).mapValues(\.count)
        return [
            recount == account.summary ? nil : "the summary is \(account.summary), the findings give \(recount)",
            byStatus == expected.byStatus ? nil : "findings \(byStatus) instead of \(expected.byStatus)",
            resources.count == expected.resources ? nil : "\(resources.count) resources",
            account.resources == Int64(expected.resources) ? nil : "the account has \(account.resources) resources",
            resources.map(\.resource.tags.count).reduce(0, +) == expected.tags ? nil : "another number of tags",
            resources.map(\.findings).reduce(0, +) == Int64(findings.count) ? nil : "findings of resources",
            resources.map(\.failedFindings).reduce(0, +) == recount.byStatus[.fail] ?? 0 ? nil : "failing resources",
        ].compactMap { $0 }
    }

    private func wrongScan(_ expected: PlannedScans.Expectation) -> [String] {
        func count(_ delta: FindingDelta) -> Int64 { Int64(findings.count { $0.delta == delta }) }
        let published = scans.first { $0.id == account.scan }
        var counts = published?.counts
        counts?.muted = expected.counts.muted
        return [
            counts == expected.counts ? nil : "the scan counts \(String(describing: counts))",
            published?.generation == account.published && published?.state == .completed ? nil : "the scan's row",
            scans.allSatisfy { $0.generation <= account.published || $0.finishedAt == nil } ? nil : "a later scan",
            count(.new) == expected.counts.new ? nil : "\(count(.new)) new",
            count(.changed) == expected.counts.changed ? nil : "\(count(.changed)) changed",
            count(.updated) == expected.counts.updated ? nil : "\(count(.updated)) updated",
            count(.returned) == expected.counts.returned ? nil : "\(count(.returned)) returned",
            Int64(gone) == expected.counts.gone ? nil : "\(gone) gone",
            findings.allSatisfy { ($0.delta == .unchanged) == ($0.scan != account.scan) } ? nil : "a delta's scan",
            Int64(newInDiff) == expected.counts.new && diffEnd == account.scan ? nil : "the difference",
        ].compactMap { $0 }
    }

    private func wrongCompliance() -> [String] {
        let naive = NaiveCompliance(findings: findings, covered: ["r0", "r1", "r2"])
        let wanted = [
            "house_aws": EstateFrameworks.houseRequirements(daysViolated: false),
            "score": EstateFrameworks.scoreRequirements,
        ]
        var texts: [String] = []
        for (place, row) in overview.enumerated() {
            let rows = requirements[row.framework] ?? []
            let expected = (wanted[row.framework] ?? []).flatMap(naive.rows)
            if Set(rows.map(NaiveCompliance.Row.init)) != Set(expected) || rows.count != expected.count {
                texts.append("rows of \(row.framework)")
            }
            let statuses = (rolledUp[row.framework] ?? []).map(\.status)
            let recount = ["PASS", "FAIL", "MANUAL", "ERROR", "INCOMPLETE", "MUTED", "NOT_EVALUATED"].map { status in
                Int64(statuses.count { $0 == status })
            }
            let told = [
                row.passed, row.failed, row.manual, row.error, row.incomplete, row.muted, row.notEvaluated,
            ]
            if told != recount { texts.append("overview of \(row.framework): \(told) instead of \(recount)") }
            if !summaries.indices.contains(place) || summaries[place] != told {
                texts.append("summary of \(row.framework)")
            }
        }
        if complianceRows != requirements.values.map(\.count).reduce(0, +) { texts.append("number of rows") }
        let score = overview.contains { $0.framework == "score" }
        if scores.count != (score ? 1 : 0) { texts.append("\(scores.count) scores") }
        if score, scores.first?.score != naive.score(EstateFrameworks.scoreRequirements) { texts.append("the score") }
        return texts
    }

    /// Where nothing is pending, every mute and framework that there is has reached the posture.
    private func notYetChanged() -> [String] {
        let muting = !mutes.isEmpty
        let reached = findings.allSatisfy {
            ($0.mutedReason != nil) == (muting && PlannedScans.mute.checks.contains($0.check.check))
        }
        return [
            reached ? nil : "mutes are \(mutes.map(\.findings)), findings show otherwise",
            overview.map(\.framework) == frameworks ? nil : "frameworks",
        ].compactMap { $0 }
    }

    /// What an entity tag stands for: it must be the same wherever the version is the same.
    var visible: String {
        "\(account.published) \(findings.count { $0.muted }) \(account.summary.total) \(overview.map(\.framework)) "
            + "\(overview.map(\.passed)) \(scores.map(\.score))"
    }
}
