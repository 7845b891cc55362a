import MartletCore
import MartletPolicy
import MartletStore

@testable import MartletEngine

/// Everything that readers are told, in the order in which they are: ids of scans are replaced by account and generation,
/// and times of the database's clock left out, so that two stores with the same past give the same.
struct AlignedView: Sendable {
    var accounts: [AccountRow] = []
    var scans: [ScanRow] = []
    var findings: [FindingRow] = []
    /// Those that filters find, one filter after the other.
    var filtered: [FindingRow] = []
    var resources: [ResourceRow] = []
    var requirements: [ComplianceRequirementRow] = []
    var overview: [ComplianceOverviewRow] = []
    var scores: [ScoreRow] = []
    var frameworks: [FrameworkRow] = []
    var mutes: [MuteRule] = []
    var muted: [Int64] = []
    var retention: [RetentionRow] = []
    var pairs: [DiffHeader.Pair] = []
    var diff: [DiffRow] = []

    /// What differs, in few words; empty when nothing does.
    func differences(_ other: AlignedView) -> [String] {
        [
            Self.first("accounts", accounts, other.accounts), Self.first("scans", scans, other.scans),
            Self.first("findings", findings, other.findings), Self.first("filtered", filtered, other.filtered),
            Self.first("resources", resources, other.resources),
            Self.first("requirements", requirements, other.requirements),
            Self.first("overview", overview, other.overview), Self.first("scores", scores, other.scores),
            Self.first("frameworks", frameworks, other.frameworks), Self.first("mutes", mutes, other.mutes),
            Self.first("muted", muted, other.muted), Self.first("retention", retention, other.retention),
            Self.first("pairs", pairs, other.pairs), Self.first("diff", diff, other.diff),
        ].compactMap { $0 }
    }

    private static func first<Row: Equatable>(_ name: String, _ left: [Row], _ right: [Row]) -> String? {
        if let (one, two) = zip(left, right).first(where: { $0 != $1 }) {
            return "\(name): \(left.count) and \(right.count), first \(one) and \(two)"
        }
        return left.count == right.count ? nil : "\(name): \(left.count) and \(right.count)"
    }

    /// All rows of the view.
    var count: Int {
        accounts.count + scans.count + findings.count + filtered.count + resources.count + requirements.count
            + overview.count + scores.count + diff.count
    }
}
