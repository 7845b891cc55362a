/// What a check said of a resource.
///
/// The raw value is stored in databases and never changes. A lower value wins when one scan says several things of
/// one finding: FAIL before MANUAL before PASS.
public enum Status: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// The resource violates the check.
    case fail = 0
    /// A person has to decide.
    case manual = 1
    /// The resource satisfies the check.
    case pass = 2

    /// The upper-case name that every format uses: `FAIL`, `MANUAL`, `PASS`.
    public var name: String {
        switch self {
        case .fail: "FAIL"
        case .manual: "MANUAL"
        case .pass: "PASS"
        }
    }

    /// Reads a name in any case; nil for anything else.
    public init?(name: some StringProtocol) {
        switch name.uppercased() {
        case "FAIL": self = .fail
        case "MANUAL": self = .manual
        case "PASS": self = .pass
        default: return nil
        }
    }

    /// What wins a merge first: FAIL, MANUAL, PASS.
    public static func < (left: Status, right: Status) -> Bool { left.rawValue < right.rawValue }
}
