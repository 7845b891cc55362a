import MartletCore
import MartletEngine
import MartletStore

/// The road from findings to posture as it is meant, in dictionaries, scan by scan: slow, plain and without a database.
package struct Reference {
    package struct Key: Hashable {
        package var check: String
        package var regions: [String]
        package var uid: String
        package var discriminator: String

        package init(_ statement: Statement) {
            check = statement.check
            regions = statement.regions
            uid = statement.uid
            discriminator = statement.name
        }
    }

    /// What is said of a finding.
    package struct Said: Hashable {
        package var status: Status
        package var severity: Severity
        package var muted: Bool
        package var detail: String

        package init(status: Status, severity: Severity, muted: Bool, detail: String) {
            (self.status, self.severity, self.muted, self.detail) = (status, severity, muted, detail)
        }
    }

    package struct Finding: Hashable {
        package var said: Said
        package var firstSeen: Int64
        package var failingSince: Int64?
        package var everFailed: Bool
        package var delta: FindingDelta
        /// The last scan that saw it, from 0.
        package var seenIn: Int
    }

    package struct Resource: Hashable {
        package var name = ""
        package var type = ""
        package var region = ""
        package var tags: Set<Tag> = []
        package var firstSeen: Int64
    }

    package struct Pair: Hashable {
        package var check: String
        package var region: String

        package init(check: String, region: String) {
            self.check = check
            self.region = region
        }
    }

    /// What holds after a scan.
    package struct Snapshot {
        package var findings: [Key: Finding] = [:]
        package var resources: [String: Resource] = [:]
        /// The coverage of all scans so far.
        package var coverage: Set<Pair>
        package var counts = ScanCounts()
        package var resolved: Set<Key> = []
        package var reopened: Set<Key> = []
        package var gone: [Key: Finding] = [:]

        package init(coverage: Set<Pair> = []) { self.coverage = coverage }
    }

    package private(set) var snapshots: [Snapshot] = []
    /// Every finding that ever was, as it was last.
    private var history: [Key: Finding] = [:]
    private var firstSeenOfResource: [String: Int64] = [:]

    package init() {}

    package mutating func scan(
        _ statements: [Statement], at time: Int64, scope: ImportScope = .matrix, unreliable: Set<String> = []
    ) {
        let before = snapshots.last ?? Snapshot()
        var now = Snapshot(coverage: before.coverage)
        let number = snapshots.count
        let said = Dictionary(grouping: statements, by: Key.init).mapValues(Self.merged)
        now.counts.read = Int64(statements.count)
        now.counts.duplicates = Int64(statements.count - said.count)
        for (key, value) in said {
            let finding = judge(value, key, open: before.findings[key], at: time, number, &now)
            now.findings[key] = finding
            history[key] = finding
        }
        closeUnseen(before, statements, scope: scope, unreliable: unreliable, &now)
        now.resources = resources(before, statements, at: time, open: Set(now.findings.keys.map(\.uid)))
        now.counts.muted = Int64(now.findings.values.count { $0.said.muted })
        snapshots.append(now)
    }

    private func judge(
        _ said: Said, _ key: Key, open: Finding?, at time: Int64, _ number: Int, _ now: inout Snapshot
    ) -> Finding {
        let failing = said.status == .fail
        guard let earlier = history[key] else {
            now.counts.new += 1
            return Finding(
                said: said, firstSeen: time, failingSince: failing ? time : nil, everFailed: failing, delta: .new,
                seenIn: number)
        }
        let wasFailing = open?.said.status == .fail
        if failing, !wasFailing, earlier.everFailed { now.reopened.insert(key) }
        if wasFailing, said.status == .pass { now.resolved.insert(key) }
        now.counts.reopened = Int64(now.reopened.count)
        now.counts.resolved = Int64(now.resolved.count)
        let delta: FindingDelta
        if open == nil {
            delta = .returned
            now.counts.returned += 1
        } else if earlier.said == said {
            delta = .unchanged
            now.counts.unchanged += 1
        } else if earlier.said.status == said.status {
            delta = .updated
            now.counts.updated += 1
        } else {
            delta = .changed
            now.counts.changed += 1
        }
        return Finding(
            said: said, firstSeen: earlier.firstSeen,
            failingSince: failing ? wasFailing ? earlier.failingSince : time : nil,
            everFailed: failing || earlier.everFailed, delta: delta, seenIn: number)
    }

    private func closeUnseen(
        _ before: Snapshot, _ statements: [Statement], scope: ImportScope, unreliable: Set<String>,
        _ now: inout Snapshot
    ) {
        func regions(_ named: [String]) -> [String] { named.isEmpty ? [""] : named }
        var covered: Set<Pair> = []
        let allRegions = Set(statements.flatMap { regions($0.regions) })
        for statement in statements {
            for region in scope == .observed ? Set(regions(statement.regions)) : allRegions {
                covered.insert(Pair(check: statement.check, region: region))
            }
        }
        if scope == .full {
            for key in before.findings.keys {
                for region in regions(key.regions) { covered.insert(Pair(check: key.check, region: region)) }
            }
        }
        for (key, finding) in before.findings where now.findings[key] == nil {
            let isCovered = regions(key.regions).allSatisfy { covered.contains(Pair(check: key.check, region: $0)) }
            if isCovered, !unreliable.contains(key.check) {
                now.counts.gone += 1
                now.gone[key] = finding
                if finding.said.status == .fail { now.counts.resolved += 1 }
            } else {
                now.counts.outside += 1
                var kept = finding
                kept.delta = .unchanged
                now.findings[key] = kept
            }
        }
        now.coverage.formUnion(covered)
    }

    private mutating func resources(
        _ before: Snapshot, _ statements: [Statement], at time: Int64, open: Set<String>
    ) -> [String: Resource] {
        var resources = before.resources.filter { open.contains($0.key) }
        for (uid, said) in Dictionary(grouping: statements, by: \.uid) {
            let first = firstSeenOfResource[uid] ?? time
            firstSeenOfResource[uid] = first
            resources[uid] = Resource(
                name: Self.smallest(said.map(\.name)), type: Self.smallest(said.map(\.type)),
                region: Self.smallest(said.map { $0.regions.first ?? "" }), tags: Set(said.flatMap(\.tags)),
                firstSeen: first)
        }
        return resources
    }

    private static func merged(_ statements: [Statement]) -> Said {
        let sorted = statements.sorted { left, right in
            if left.status != right.status { return left.status.rawValue < right.status.rawValue }
            if left.detail != right.detail {
                return Array(left.detail.utf8).lexicographicallyPrecedes(right.detail.utf8)
            }
            if left.severity != right.severity { return left.severity > right.severity }
            return !left.muted && right.muted
        }
        return Said(
            status: sorted[0].status, severity: sorted[0].severity, muted: sorted[0].muted, detail: sorted[0].detail)
    }

    private static func smallest(_ values: [String]) -> String {
        values.filter { !$0.isEmpty }.min { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? ""
    }
}
