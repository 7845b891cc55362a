import MartletCore

/// A colour of a table's cell.
enum Style: String, Sendable {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "31"
    case boldRed = "1;31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"

    func apply(_ text: String) -> String { self == .plain ? text : "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }

    /// The colour of a status, of a finding or a requirement.
    static func status(_ name: String) -> Style {
        switch name {
        case "FAIL": .red
        case "PASS": .green
        case "ERROR", "INCOMPLETE": .yellow
        case "MANUAL": .cyan
        default: .dim
        }
    }

    static func severity(_ severity: Severity) -> Style {
        switch severity {
        case .critical: .boldRed
        case .high: .red
        case .medium: .yellow
        case .low, .informational: .plain
        }
    }

    static func state(_ state: ScanState) -> Style {
        switch state {
        case .completed: .green
        case .completedWithGaps: .yellow
        case .failed, .cancelled: .red
        case .queued, .running, .publishing: .cyan
        }
    }
}
