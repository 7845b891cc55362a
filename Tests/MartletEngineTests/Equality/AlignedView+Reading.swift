import MartletCore
import MartletPolicy
import MartletStore

@testable import MartletEngine

extension AlignedView {
    /// Reads what a store tells now: `whole`, or of the long listings a part that is nevertheless of every kind.
    static func read(_ store: Store, whole: Bool) async throws -> AlignedView {
        try await store.read { reader in
            var view = AlignedView()
            let names = try ScanNames(reader)
            view.accounts = try reader.accounts().map(names.align)
            view.scans = try reader.scans().map(names.align)
            view.frameworks = try reader.frameworks()
            for mute in try reader.mutes() {
                view.mutes.append(mute.rule)
                view.muted.append(mute.findings)
            }
            view.retention = [names.align(try reader.retention())]
            try view.readPosture(reader, at: nil, whole: whole, names)
            try view.readDiff(reader, from: nil, to: nil, names)
            return view
        }
    }

    /// Reads what a store tells of scans of the past, given by ``ScanNames`` and oldest first, and of each with the next.
    static func read(_ store: Store, scans: [String]) async throws -> AlignedView {
        try await store.read { reader in
            var view = AlignedView()
            let names = try ScanNames(reader)
            for (number, scan) in scans.enumerated() {
                try view.readPosture(reader, at: names.id(of: scan), whole: false, names)
                guard number > 0 else { continue }
                try view.readDiff(reader, from: names.id(of: scans[number - 1]), to: names.id(of: scan), names)
            }
            return view
        }
    }

    private mutating func readPosture(
        _ reader: StoreReader, at scan: String?, whole: Bool, _ names: ScanNames
    ) throws {
        var listed = FindingFilter()
        if !whole { listed.checks = ["c1"] }
        try reader.findings(listed, at: scan) { findings.append(names.align($0)) }
        for filter in Self.filters { try reader.findings(filter, at: scan) { filtered.append(names.align($0)) } }
        if whole { try reader.resources(ResourceFilter(), at: scan) { resources.append($0) } }
        var failing = ResourceFilter()
        failing.failing = true
        failing.tags = [TagFilter(key: "a", value: nil)]
        try reader.resources(failing, at: scan) { resources.append($0) }
        for terms in ComplianceTerms.allCases {
            for framework in ["house_aws", "score", "wide_aws"] {
                for byRegion in [true, false] {
                    try reader.complianceRequirements(
                        framework: framework, AccountFilter(), byRegion: byRegion, at: scan, terms: terms
                    ) { requirements.append($0) }
                }
            }
            for region in [nil, "R2"] {
                overview += try reader.complianceOverview(AccountFilter(), at: scan, region: region, terms: terms)
            }
        }
        scores += try reader.scores(AccountFilter(), at: scan)
    }

    private mutating func readDiff(_ reader: StoreReader, from: String?, to: String?, _ names: ScanNames) throws {
        let header = try reader.diff(from: from, to: to, account: AccountFilter()) { diff.append(names.align($0)) }
        pairs += header.pairs.map(names.align)
    }

    private static let filters: [FindingFilter] = {
        func filter(_ change: (inout FindingFilter) -> Void) -> FindingFilter {
            var filter = FindingFilter()
            change(&filter)
            return filter
        }
        let deltas: [FindingDelta] = [.changed, .updated, .returned, .gone, .resolved, .reopened]
        return deltas.map { delta in filter { $0.deltas = [delta] } } + [
            filter {
                $0.tags = [TagFilter(key: "a", value: "1")]
                $0.severities = [.critical, .high]
            },
            filter {
                $0.regions = ["", "R2"]
                $0.checks = ["c1?", "c2"]
                $0.muted = true
            },
            filter {
                $0.search = "D"
                $0.checks = ["c3"]
                $0.statuses = [.manual]
            },
        ]
    }()
}
