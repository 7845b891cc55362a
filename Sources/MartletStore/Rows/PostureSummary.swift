import MartletCore

/// How many findings there are of each kind.
public struct PostureSummary: Sendable, Hashable {
    /// Unmuted findings by status.
    public var byStatus: [Status: Int64] = [:]
    /// Unmuted FAIL findings by severity.
    public var failedBySeverity: [Severity: Int64] = [:]
    /// Muted findings of any status, by the source or by a mute.
    public var muted: Int64 = 0

    /// A summary of no findings.
    public init() {}

    /// All findings, muted ones included.
    public var total: Int64 { byStatus.values.reduce(0, +) + muted }

    /// Takes in a number of findings of one kind.
    public mutating func add(_ count: Int64, status: Status, severity: Severity, muted: Bool) {
        guard !muted else {
            self.muted += count
            return
        }
        byStatus[status, default: 0] += count
        if status == .fail { failedBySeverity[severity, default: 0] += count }
    }
}
