import MartletCore
import MartletPolicy
import MartletReference
import MartletStore

@testable import MartletEngine

/// A hundred scans of a small account that differ from one another, and what must hold after each.
struct PlannedScans: Sendable {
    let statements: [[Statement]]
    /// What holds after the first, the second, … scan; without mutes.
    let expected: [Expectation]

    /// What readers must find of a scan, however much is muted.
    struct Expectation: Sendable {
        var counts: ScanCounts
        var byStatus: [Status: Int]
        var resources: Int
        var tags: Int
    }

    static let mute = MuteRule(id: "m", checks: ["c1", "c2"], reason: "r")

    static func time(_ scan: Int) -> Int64 { 1_700_000_000_000 + Int64(scan) * 1_000 }

    init(_ count: Int) {
        var statements: [[Statement]] = []
        var expected: [Expectation] = []
        var reference = Reference()
        for scan in 0..<count {
            let said = (0..<60).compactMap { Self.statement($0, scan) }
            reference.scan(said, at: Self.time(scan))
            guard let now = reference.snapshots.last else { continue }
            statements.append(said)
            expected.append(
                Expectation(
                    counts: now.counts,
                    byStatus: Dictionary(grouping: now.findings.values, by: \.said.status).mapValues(\.count),
                    resources: now.resources.count, tags: now.resources.values.map(\.tags.count).reduce(0, +)))
        }
        self.statements = statements
        self.expected = expected
    }

    /// What scan number `scan` says of a subject; nil when it does not see it.
    private static func statement(_ number: Int, _ scan: Int) -> Statement? {
        // The first of every check and region are always seen, so that all scans cover the same.
        guard number < 15 || (number + scan) % 9 > 1 else { return nil }
        return Statement(
            check: "c\(number % 5)", regions: ["r\(number % 3)"], uid: "u\(number / 2)",
            status: (number * 7 + scan / 2) % 4 == 0 ? .fail : (number + scan / 3) % 11 == 0 ? .manual : .pass,
            muted: number % 13 == 0, detail: (number + scan) % 6 == 0 ? "\(scan)" : "d",
            tags: [Tag(key: "k", value: "\((number / 2 + scan / 4) % 3)")])
    }
}
