import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

/// Everything that a reader is told of one scan.
struct ScanView: Equatable {
    var findings: [FindingRow] = []
    /// Findings by how they differ from the scan before, those that are gone there included.
    var deltas: [FindingDelta: [FindingRow]] = [:]
    var resources: [ResourceRow] = []
    var requirements: [ComplianceRequirementRow] = []
    var overview: [ComplianceOverviewRow] = []
    var scores: [ScoreRow] = []

    init(_ scan: String, frameworks: [String], _ reader: StoreReader) throws {
        try reader.findings(FindingFilter(), at: scan) { findings.append($0) }
        for delta in FindingDelta.allCases {
            var filter = FindingFilter()
            filter.deltas = [delta]
            try reader.findings(filter, at: scan) { deltas[delta, default: []].append($0) }
        }
        var tagged = FindingFilter()
        tagged.tags = [TagFilter(key: "a", value: "1")]
        try reader.findings(tagged, at: scan) { findings.append($0) }
        try reader.resources(ResourceFilter(), at: scan) { resources.append($0) }
        for terms in [ComplianceTerms.martlet, .prowler] {
            for framework in frameworks {
                try reader.complianceRequirements(
                    framework: framework, AccountFilter(), byRegion: true, at: scan, terms: terms
                ) { requirements.append($0) }
            }
            overview += try reader.complianceOverview(AccountFilter(), at: scan, terms: terms)
        }
        scores = try reader.scores(AccountFilter(), at: scan)
    }
}

/// What a reader is told of several scans of one account and of every pair of them.
struct HistoryView: Equatable {
    var scans: [String: ScanView] = [:]
    var diffs: [String: [DiffRow]] = [:]

    /// Reads a part of the history; scans are given oldest first.
    init(_ names: some Collection<String>, frameworks: [String], _ store: Store) async throws {
        let names = Array(names)
        (scans, diffs) = try await store.read { reader in
            var scans: [String: ScanView] = [:]
            var diffs: [String: [DiffRow]] = [:]
            for (number, name) in names.enumerated() {
                scans[name] = try ScanView(name, frameworks: frameworks, reader)
                for other in names[(number + 1)...] {
                    var rows: [DiffRow] = []
                    try reader.diff(from: name, to: other, account: AccountFilter()) { rows.append($0) }
                    diffs[name + " " + other] = rows
                }
            }
            return (scans, diffs)
        }
    }

    /// The part that is left when earlier scans can't be read any more.
    func only(_ names: some Collection<String>) -> HistoryView {
        var copy = self
        copy.scans = scans.filter { names.contains($0.key) }
        copy.diffs = diffs.filter { pair in pair.key.split(separator: " ").allSatisfy { names.contains(String($0)) } }
        return copy
    }

    /// Records what differs, in few words.
    func expectEqual(_ other: HistoryView, _ context: String, _ location: SourceLocation = #_sourceLocation) {
        guard self != other else { return }
        for (name, view) in scans where view != other.scans[name] {
            let part =
                view.findings != other.scans[name]?.findings
                ? "findings" : view.deltas != other.scans[name]?.deltas ? "deltas" : "the rest"
            Issue.record("\(context): scan \(name) differs in \(part)", sourceLocation: location)
        }
        for (pair, rows) in diffs where rows != other.diffs[pair] {
            Issue.record(
                "\(context): diff \(pair) has \(rows.map(\.kind)) instead of \(other.diffs[pair]?.map(\.kind) ?? [])",
                sourceLocation: location)
        }
        if scans.count != other.scans.count { Issue.record("\(context): scans are missing", sourceLocation: location) }
    }
}
