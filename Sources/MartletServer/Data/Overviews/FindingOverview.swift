import MartletCore
import MartletStore

/// Findings by status, and what the last scans changed; muted ones apart, as Prowler counts them.
struct FindingOverview: Sendable {
    static let names = [
        "new", "changed", "unchanged", "fail_new", "fail_changed", "pass_new", "pass_changed", "muted_new",
        "muted_changed", "total", "fail", "muted", "pass", "manual",
    ]

    private var counts: [String: Int64] = [:]

    mutating func add(_ cell: AccountCube.Cell) {
        func add(_ name: String) { counts[name, default: 0] += cell.count }
        add("total")
        let change: String? =
            switch cell.delta {
            case .new: "new"
            case .changed: "changed"
            default: nil
            }
        guard !cell.isMuted else {
            add("muted")
            if let change { add("muted_\(change)") }
            return
        }
        add(cell.status.name.lowercased())
        add(change ?? "unchanged")
        if let change, cell.status != .manual { add("\(cell.status.name.lowercased())_\(change)") }
    }

    func fill(_ resource: inout ResourceWriter) {
        for name in Self.names { resource.attribute(name, counts[name] ?? 0) }
    }
}
