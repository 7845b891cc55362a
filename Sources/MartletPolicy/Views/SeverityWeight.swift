import MartletCore

/// What a FAIL of each severity weighs in the score and in priorities.
///
/// Low, medium and high are OpenShield's 2, 5 and 10, each about twice the one before; critical goes on so. What is only
/// informational weighs nothing. `docs/derived-views.md` has the formulas.
public enum SeverityWeight {
    /// The weight, 0 to 20.
    public static func of(_ severity: Severity) -> Int64 {
        switch severity {
        case .critical: 20
        case .high: 10
        case .medium: 5
        case .low: 2
        case .informational: 0
        }
    }
}
