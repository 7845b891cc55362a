/// What the checks mapped to a requirement say of it.
///
/// The raw value is the rank of the roll-up: of several statuses the smallest counts, everywhere in Martlet.
public enum RequirementStatus: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Something unmuted violates the requirement, or a configuration constraint of it is violated.
    case fail = 0
    /// A mapped check was denied or could not finish.
    case error = 1
    /// A mapped check was skipped or is not supported by the source.
    case incomplete = 2
    /// A person has to decide; also a requirement to which no check is mapped.
    case manual = 3
    /// Something passed, and nothing says otherwise.
    case pass = 4
    /// All that was found is muted.
    case muted = 5
    /// Nothing is known.
    case notEvaluated = 6

    /// The upper-case name in output: `FAIL`, `ERROR`, `INCOMPLETE`, `MANUAL`, `PASS`, `MUTED`, `NOT_EVALUATED`.
    public var name: String {
        switch self {
        case .fail: "FAIL"
        case .error: "ERROR"
        case .incomplete: "INCOMPLETE"
        case .manual: "MANUAL"
        case .pass: "PASS"
        case .muted: "MUTED"
        case .notEvaluated: "NOT_EVALUATED"
        }
    }

    /// Reads a ``name`` in any case; nil for anything else.
    public init?(name: some StringProtocol) {
        let upper = name.uppercased()
        guard let found = Self.allCases.first(where: { $0.name == upper }) else { return nil }
        self = found
    }

    /// The status that counts for several regions, requirements or accounts together: the smallest raw value, and
    /// ``notEvaluated`` of none at all.
    public static func rollUp(_ statuses: some Sequence<RequirementStatus>) -> RequirementStatus {
        statuses.min() ?? .notEvaluated
    }

    /// By rank: what counts more comes first.
    public static func < (left: RequirementStatus, right: RequirementStatus) -> Bool { left.rawValue < right.rawValue }
}
