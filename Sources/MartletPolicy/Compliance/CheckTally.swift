import MartletCore

/// How many findings of one check there are, by status, in one region or in a whole account, and what became of the
/// check there. Negative counts are read as 0.
public struct CheckTally: Sendable, Hashable {
    /// Unmuted PASS findings.
    public var passed: Int32
    /// Unmuted FAIL findings.
    public var failed: Int32
    /// Unmuted MANUAL findings.
    public var manual: Int32
    /// Muted PASS findings.
    public var mutedPassed: Int32
    /// Muted FAIL findings.
    public var mutedFailed: Int32
    /// Muted MANUAL findings.
    public var mutedManual: Int32
    /// What the sources said of the check's coverage.
    public var coverage: CoverageSet

    /// Makes a tally; without arguments that of a check about which nothing is known.
    public init(
        passed: Int32 = 0, failed: Int32 = 0, manual: Int32 = 0, mutedPassed: Int32 = 0, mutedFailed: Int32 = 0,
        mutedManual: Int32 = 0, coverage: CoverageSet = []
    ) {
        self.passed = passed
        self.failed = failed
        self.manual = manual
        self.mutedPassed = mutedPassed
        self.mutedFailed = mutedFailed
        self.mutedManual = mutedManual
        self.coverage = coverage
    }

    /// Counts findings. A count stops at `Int32.max` rather than overflow.
    public mutating func add(_ status: Status, muted: Bool, count: Int32 = 1) {
        switch (status, muted) {
        case (.pass, false): passed.addClamping(count)
        case (.fail, false): failed.addClamping(count)
        case (.manual, false): manual.addClamping(count)
        case (.pass, true): mutedPassed.addClamping(count)
        case (.fail, true): mutedFailed.addClamping(count)
        case (.manual, true): mutedManual.addClamping(count)
        }
    }

    /// There is a finding that is not muted.
    public var hasUnmuted: Bool { passed > 0 || failed > 0 || manual > 0 }

    /// There is a finding that is muted.
    public var hasMuted: Bool { mutedPassed > 0 || mutedFailed > 0 || mutedManual > 0 }
}

extension Int32 {
    fileprivate mutating func addClamping(_ other: Int32) {
        self = Int32(clamping: Int64(self) + Int64(other))
    }
}
