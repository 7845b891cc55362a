import MartletCore
import MartletPolicy
import MartletStore

@testable import MartletEngine
@testable import MartletStore

/// Everything of one account that one read transaction sees.
struct ObservedPosture: Sendable {
    var account: AccountRow
    var findings: [FindingRow] = []
    var gone = 0
    var resources: [ResourceRow] = []
    var scans: [ScanRow] = []
    var mutes: [MuteRow] = []
    /// The ids of active frameworks.
    var frameworks: [String] = []
    var overview: [ComplianceOverviewRow] = []
    var requirements: [String: [ComplianceRequirementRow]] = [:]
    var rolledUp: [String: [ComplianceRequirementRow]] = [:]
    var scores: [ScoreRow] = []
    var newInDiff = 0
    var diffEnd: String?
    /// Rows that hold in the tables that listings are not made of.
    var complianceRows = 0
    var summaries: [[Int64]] = []

    /// Nil while nothing is published.
    static func read(_ store: Store) async throws -> ObservedPosture? {
        try await store.read { reader in
            guard let account = try reader.accounts().first, account.published > 0 else { return nil }
            var seen = ObservedPosture(account: account)
            try reader.findings(FindingFilter()) { seen.findings.append($0) }
            var filter = FindingFilter()
            filter.deltas = [.gone]
            try reader.findings(filter) { _ in seen.gone += 1 }
            try reader.resources(ResourceFilter()) { seen.resources.append($0) }
            seen.scans = try reader.scans(limit: 3)
            seen.mutes = try reader.mutes()
            seen.frameworks = try reader.frameworks().map(\.id)
            try seen.readCompliance(reader)
            let header = try reader.diff(from: nil, to: nil, account: AccountFilter()) { row in
                if row.kind == .new { seen.newInDiff += 1 }
            }
            seen.diffEnd = header.pairs.first?.to
            return seen
        }
    }

    private mutating func readCompliance(_ reader: StoreReader) throws {
        overview = try reader.complianceOverview(AccountFilter())
        scores = try reader.scores(AccountFilter())
        for framework in overview.map(\.framework) {
            try reader.complianceRequirements(framework: framework, AccountFilter(), byRegion: true) {
                requirements[framework, default: []].append($0)
            }
            try reader.complianceRequirements(framework: framework, AccountFilter(), byRegion: false) {
                rolledUp[framework, default: []].append($0)
            }
        }
        complianceRows = try StoredCompliance.count(reader.connection)
        try reader.connection.query(
            """
            SELECT s.passed, s.failed, s.manual, s.errored, s.incomplete, s.muted, s.not_evaluated
            FROM framework_summaries s JOIN frameworks f ON f.tenant = s.tenant AND f.id = s.framework
            WHERE s.closed_in IS NULL ORDER BY f.name
            """
        ) { row in summaries.append((0..<7).map { row.int($0) }) }
    }
}
