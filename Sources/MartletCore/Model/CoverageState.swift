/// Whether a source could say anything about a check in a region. The raw value is stored in databases.
public enum CoverageState: Int, Sendable, Hashable, CaseIterable {
    /// The check ran and looked at what there is.
    case evaluated = 1
    /// The check ran and there was no resource to look at.
    case noResources = 2
    /// The provider refused access.
    case denied = 3
    /// The check could not finish.
    case errored = 4
    /// The source cannot run this check here.
    case unsupported = 5
    /// The source was told not to run this check.
    case skipped = 6
    /// A file of findings implies that the check ran here (the scope of an import), but does not say whether it found
    /// anything: enough to call an unseen finding gone, not enough to call a check evaluated in compliance.
    case inferred = 7

    /// The name in output: `evaluated`, `no_resources`, `denied`, `errored`, `unsupported`, `skipped`,
    /// `inferred`.
    public var name: String {
        switch self {
        case .evaluated: "evaluated"
        case .noResources: "no_resources"
        case .denied: "denied"
        case .errored: "errored"
        case .unsupported: "unsupported"
        case .skipped: "skipped"
        case .inferred: "inferred"
        }
    }

    /// What two statements about the same come to: the one that promises less.
    public static func merge(_ left: CoverageState, _ right: CoverageState) -> CoverageState {
        left.promise <= right.promise ? left : right
    }

    /// From what promises least.
    private var promise: Int {
        switch self {
        case .errored: 0
        case .denied: 1
        case .unsupported: 2
        case .skipped: 3
        case .inferred: 4
        case .evaluated: 5
        case .noResources: 6
        }
    }

    /// Something should have been evaluated and was not: the scan has a gap.
    public var isGap: Bool { self == .denied || self == .errored }

    /// A finding of the check that was not seen here is gone.
    public var closesFindings: Bool { self == .evaluated || self == .noResources || self == .inferred }

    /// The check counts as evaluated in compliance even where it has no finding.
    public var isEvaluated: Bool { self == .evaluated || self == .noResources }
}
