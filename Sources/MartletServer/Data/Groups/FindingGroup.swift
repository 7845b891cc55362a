import MartletCore
import MartletStore

/// The findings of one check over accounts, counted.
struct FindingGroup: Sendable {
    var check: String
    var title: String?
    var description: String?
    var severity = Severity.informational
    var providers: Set<String> = []
    var resources = AccountCube.Resources()
    private var counts = ChangeCounts()
    var firstSeenAt: Timestamp?
    var lastSeenAt: Timestamp?
    var failingSince: Timestamp?

    /// A count of an answer: findings of a status, muted or not, new or changed; nil for all.
    private struct Column: Sendable {
        var name: String
        var status: Status?
        var isMuted = false
        var change: Delta?
    }

    /// In Prowler's order.
    private static let columns: [Column] = {
        let statuses: [(String, Status)] = [("pass", .pass), ("fail", .fail), ("manual", .manual)]
        var columns = statuses.map { Column(name: "\($0.0)_count", status: $0.1) }
        columns += statuses.map { Column(name: "\($0.0)_muted_count", status: $0.1, isMuted: true) }
        columns += [
            Column(name: "muted_count", isMuted: true), Column(name: "new_count", change: .new),
            Column(name: "changed_count", change: .changed),
        ]
        for (word, change) in [("new", Delta.new), ("changed", .changed)] {
            for (name, status) in [statuses[1], statuses[0], statuses[2]] {
                columns.append(Column(name: "\(word)_\(name)_count", status: status, change: change))
                columns.append(
                    Column(name: "\(word)_\(name)_muted_count", status: status, isMuted: true, change: change))
            }
        }
        return columns
    }()

    /// Names of the counts.
    static let names = columns.map(\.name)

    init(check: String) { self.check = check }

    /// What an account's findings of one check come to.
    struct Part: Sendable {
        fileprivate var severity = Severity.informational
        fileprivate var counts = ChangeCounts()
        fileprivate var firstSeenAt: Timestamp?
        fileprivate var failingSince: Timestamp?

        mutating func add(_ cell: AccountCube.Cell) {
            severity = max(severity, cell.severity)
            counts.add(cell.status, isMuted: cell.isMuted, cell.delta, cell.count)
            guard !cell.isMuted else { return }
            firstSeenAt = min(firstSeenAt ?? cell.firstSeenAt, cell.firstSeenAt)
            if let since = cell.failingSince { failingSince = min(failingSince ?? since, since) }
        }
    }

    mutating func add(_ part: Part, of cube: AccountCube) {
        severity = max(severity, part.severity)
        providers.insert(cube.account.provider.name)
        lastSeenAt = max(lastSeenAt ?? cube.observedAt, cube.observedAt)
        counts += part.counts
        if let first = part.firstSeenAt { firstSeenAt = min(firstSeenAt ?? first, first) }
        if let since = part.failingSince { failingSince = min(failingSince ?? since, since) }
    }

    /// Adds one finding; of resources the caller takes care.
    mutating func add(_ row: FindingRow) {
        let delta: Delta? =
            switch row.delta {
            case .new: .new
            case .changed, .resolved, .reopened: .changed
            default: nil
            }
        title = title ?? (row.check.title.isEmpty ? nil : row.check.title)
        severity = max(severity, row.severity)
        providers.insert(row.account.provider.name)
        lastSeenAt = max(lastSeenAt ?? row.observedAt, row.observedAt)
        counts.add(row.status, isMuted: row.muted, delta, 1)
        guard !row.muted else { return }
        firstSeenAt = min(firstSeenAt ?? row.firstSeenAt, row.firstSeenAt)
        if let since = row.failingSince { failingSince = min(failingSince ?? since, since) }
    }

    private func count(_ column: Column) -> Int64 {
        counts.sum { kind in
            kind.isMuted == column.isMuted && (column.status.map { $0 == kind.status } ?? true)
                && (column.change.map { $0 == kind.change } ?? true)
        }
    }

    /// Findings of a status.
    private func count(_ status: Status, isMuted: Bool) -> Int64 {
        counts.sum { $0.status == status && $0.isMuted == isMuted }
    }

    /// FAIL where anything unmuted fails, else MANUAL, else PASS.
    var status: String {
        if count(.fail, isMuted: false) > 0 { return "FAIL" }
        if count(.manual, isMuted: false) > 0 { return "MANUAL" }
        return count(.pass, isMuted: false) > 0 || count(.fail, isMuted: true) == 0 ? "PASS" : "FAIL"
    }

    /// Everything is muted.
    var isMuted: Bool { counts.sum { !$0.isMuted } == 0 && counts.sum(\.isMuted) > 0 }

    func fill(_ resource: inout ResourceWriter) {
        resource.attribute("check_id", check)
        resource.attribute("check_title", title)
        resource.attribute("check_description", description)
        resource.attribute("severity", severity.name)
        resource.attribute("status", status)
        resource.attribute("muted", isMuted)
        resource.attribute("impacted_providers", providers.sorted())
        resource.attribute("resources_fail", resources.failed)
        resource.attribute("resources_total", resources.total)
        for column in Self.columns { resource.attribute(column.name, count(column)) }
        resource.attribute("first_seen_at", firstSeenAt)
        resource.attribute("last_seen_at", lastSeenAt)
        resource.attribute("failing_since", failingSince)
    }

    /// A value to sort by: texts by themselves, numbers by a number.
    func value(_ field: String) -> (Int64, String) {
        switch field {
        case "check_title": (0, title ?? "")
        case "check_description": (0, description ?? "")
        case "impacted_providers": (0, providers.sorted().joined(separator: " "))
        case "severity": (Int64(severity.rawValue), "")
        case "status": (0, status)
        case "muted": (isMuted ? 1 : 0, "")
        case "resources_fail": (resources.failed, "")
        case "resources_total": (resources.total, "")
        case "first_seen_at": (firstSeenAt?.milliseconds ?? 0, "")
        case "last_seen_at": (lastSeenAt?.milliseconds ?? 0, "")
        case "failing_since": (failingSince?.milliseconds ?? .max, "")
        case "id", "check_id": (0, check)
        default: (Self.columns.first { $0.name == field }.map(count) ?? 0, "")
        }
    }
}
