import MartletCore

/// What a generated finding says of its check.
struct GeneratedCheck: Sendable {
    /// A MITRE ATT&CK technique and the tactic it serves.
    struct Attack: Sendable {
        var id: String
        var technique: String
        var tactic: String
    }

    var id: String
    var service: String
    var severity: Severity
    var title: String
    var description: String
    var risk: String
    var remediation: String
    var references: [String]
    var types: [String]
    var categories: [String]
    var additionalURLs: [String] = []
    /// Requirement ids by framework, in the order they are written.
    var compliance: [(framework: String, requirements: [String])]
    var attacks: [Attack] = []
    var notes = ""
}
