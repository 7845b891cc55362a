import MartletCore

/// One demand of a framework.
public struct Requirement: Sendable, Hashable {
    /// Unique in its framework; never empty.
    public let id: String
    /// May be empty.
    public let name: String
    /// May be empty.
    public let description: String
    /// The attributes as the file has them, each an object; the universal form has at most one per statement.
    public internal(set) var attributes: [JSONValue]
    /// Check ids by the lower-case name of a provider, each list in the file's order without repetition. A provider
    /// without checks is left out.
    public internal(set) var checks: [String: [String]]
    /// What the scanner's configuration must satisfy besides.
    public internal(set) var configConstraints: [ConfigConstraint]
    /// MITRE ATT&CK tactics; empty for other frameworks. So are the next three.
    public let tactics: [String]
    /// MITRE ATT&CK sub-techniques.
    public let subTechniques: [String]
    /// Platforms of a MITRE ATT&CK technique.
    public let platforms: [String]
    /// The page of a MITRE ATT&CK technique; may be empty.
    public let techniqueURL: String
    /// Where it stands in the file, as a JSON pointer; for merged requirements the first place.
    public let pointer: String

    /// The check ids for one provider; empty when a person has to decide.
    public func checks(for provider: Provider) -> [String] { checks[provider.name] ?? [] }

    /// The first constraint for this provider that its section of the scanner's configuration violates.
    public func configViolation(for provider: Provider, in config: JSONValue?) -> ConfigViolation? {
        for constraint in configConstraints where constraint.applies(to: provider) {
            if let violation = constraint.violation(in: config) { return violation }
        }
        return nil
    }
}
