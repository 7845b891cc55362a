/// How bad a FAIL of a check is. The raw value is OCSF's `severity_id`, 1 to 5, and is stored in databases.
public enum Severity: Int, Sendable, Hashable, CaseIterable, Comparable {
    case informational = 1
    case low = 2
    case medium = 3
    case high = 4
    case critical = 5

    /// The lower-case name: `informational`, `low`, `medium`, `high`, `critical`.
    public var name: String {
        switch self {
        case .informational: "informational"
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    /// Reads a name in any case. OCSF's `Unknown` reads as informational and `Fatal` as critical, the nearest severities
    /// Martlet has; `info` is accepted for informational. Nil for anything else.
    public init?(name: some StringProtocol) {
        switch name.lowercased() {
        case "informational", "info", "unknown": self = .informational
        case "low": self = .low
        case "medium": self = .medium
        case "high": self = .high
        case "critical", "fatal": self = .critical
        default: return nil
        }
    }

    /// The less bad first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
