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

    /// Names of the counts, in Prowler's order.
    static let names: [String] =
        ["pass", "fail", "manual", "pass_muted", "fail_muted", "manual_muted", "muted", "new", "changed"].map {
            $0 + "_count"
        }
        + ["new", "changed"].flatMap { change in
            ["fail", "pass", "manual"].flatMap { ["\(change)_\($0)_count", "\(change)_\($0)_muted_count"] }
        }

    init(check: String) { self.check = check }

    mutating func add(_ cell: AccountCube.Cell, of cube: AccountCube) {
        severity = max(severity, cell.severity)
        providers.insert(cube.account.provider.name)
        lastSeenAt = max(lastSeenAt ?? cube.observedAt, cube.observedAt)
        counts.add(cell.status, isMuted: cell.isMuted, cell.delta, cell.count)
        guard !cell.isMuted else { return }
        firstSeenAt = min(firstSeenAt ?? cell.firstSeenAt, cell.firstSeenAt)
        if let since = cell.failingSince { failingSince = min(failingSince ?? since, since) }
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

    /// A count by its name without `_count`: `[new_|changed_]status[_muted]`, `muted`, `new` or `changed`.
    private func count(_ name: String) -> Int64 {
        var words = name.split(separator: "_")
        let isMuted = words.last == "muted"
        if isMuted { words.removeLast() }
        var change: Delta?
        if words.first == "new" { change = .new }
        if words.first == "changed" { change = .changed }
        if change != nil { words.removeFirst() }
        let status = words.first.flatMap { Status(name: $0.uppercased()) }
        return counts.sum { kind in
            kind.isMuted == isMuted && (status.map { $0 == kind.status } ?? true)
                && (change.map { $0 == kind.change } ?? true)
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
        for name in Self.names { resource.attribute(name, count(String(name.dropLast("_count".count)))) }
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
        default: (count(String(field.dropLast("_count".count))), "")
        }
    }
}
