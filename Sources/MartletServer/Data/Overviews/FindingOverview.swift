import MartletCore
import MartletStore

/// Findings by status, and what the last scans changed; muted ones apart, as Prowler counts them.
struct FindingOverview: Sendable {
    static let names = [
        "new", "changed", "unchanged", "fail_new", "fail_changed", "pass_new", "pass_changed", "muted_new",
        "muted_changed", "total", "fail", "muted", "pass", "manual",
    ]

    private var counts = ChangeCounts()

    mutating func add(_ cell: AccountCube.Cell) {
        counts.add(cell.status, isMuted: cell.isMuted, cell.delta, cell.count)
    }

    private func count(_ name: String) -> Int64 {
        switch name {
        case "new": counts.sum { !$0.isMuted && $0.change == .new }
        case "changed": counts.sum { !$0.isMuted && $0.change == .changed }
        case "unchanged": counts.sum { !$0.isMuted && $0.change == nil }
        case "fail_new": counts.sum { !$0.isMuted && $0.status == .fail && $0.change == .new }
        case "fail_changed": counts.sum { !$0.isMuted && $0.status == .fail && $0.change == .changed }
        case "pass_new": counts.sum { !$0.isMuted && $0.status == .pass && $0.change == .new }
        case "pass_changed": counts.sum { !$0.isMuted && $0.status == .pass && $0.change == .changed }
        case "muted_new": counts.sum { $0.isMuted && $0.change == .new }
        case "muted_changed": counts.sum { $0.isMuted && $0.change == .changed }
        case "fail": counts.sum { !$0.isMuted && $0.status == .fail }
        case "muted": counts.sum(\.isMuted)
        case "pass": counts.sum { !$0.isMuted && $0.status == .pass }
        case "manual": counts.sum { !$0.isMuted && $0.status == .manual }
        default: counts.sum { _ in true }
        }
    }

    func fill(_ resource: inout ResourceWriter) {
        for name in Self.names { resource.attribute(name, count(name)) }
    }
}
