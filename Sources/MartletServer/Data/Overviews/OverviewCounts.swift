import MartletCore
import MartletStore

/// Findings counted by status; muted ones apart.
struct OverviewCounts: Sendable {
    var passed: Int64 = 0
    var failed: Int64 = 0
    var manual: Int64 = 0
    var muted: Int64 = 0

    var total: Int64 { passed + failed + manual + muted }

    mutating func add(_ cell: AccountCube.Cell) {
        if cell.isMuted {
            muted += cell.count
        } else {
            switch cell.status {
            case .pass: passed += cell.count
            case .fail: failed += cell.count
            case .manual: manual += cell.count
            }
        }
    }

    static func += (left: inout OverviewCounts, right: OverviewCounts) {
        left.passed += right.passed
        left.failed += right.failed
        left.manual += right.manual
        left.muted += right.muted
    }

    func fill(_ resource: inout ResourceWriter) {
        resource.attribute("total", total)
        resource.attribute("fail", failed)
        resource.attribute("muted", muted)
        resource.attribute("pass", passed)
        resource.attribute("manual", manual)
    }

    static let sorts = ["id", "total", "fail", "muted", "pass"]

    /// A count to sort by.
    func value(_ field: String) -> SortValue {
        switch field {
        case "fail": .number(failed)
        case "muted": .number(muted)
        case "pass": .number(passed)
        default: .number(total)
        }
    }

    static let properties: [Property] = ["total", "fail", "muted", "pass", "manual"].map { Property($0, .integer()) }
}
