import MartletCore

/// A check of the sample: its texts, which resources it looks at, and how it judges them.
struct SampleCheck: Sendable {
    /// What decides a resource's status when no story does.
    enum Rule: Sendable {
        /// This share of well-kept resources fails, more of those in development.
        case share(Double)
        /// Fails when the resource is older than so many days.
        case olderThan(Int64)
        /// Fails when what the resource depends on expires within so many days.
        case expiresWithin(Int64)
        /// A person has to look.
        case manual
    }

    /// Which resources a finding names.
    enum Subject: Sendable {
        case each(SampleKind)
        /// All resources of these kinds in one finding.
        case together([SampleKind])
    }

    var id: String
    var severity: Severity
    var subject: Subject
    var rule: Rule
    var title: String
    var description: String
    var risk: String
    var remediation: String
    /// Details; `{name}`, `{region}`, `{age}` and `{left}` (days) are filled in.
    var pass: String
    var fail: String
    var manual: String = ""
    var categories: [String]
    /// The requirements of the account's own rule book that name the check.
    var rules: [String]
    var attacks: [GeneratedCheck.Attack] = []

    var service: String { String(id.prefix { $0 != "_" }) }

    static let all = (iam + storage + compute + network + database + encryption + logging + serverless + detection)
        .sorted { $0.id < $1.id }

    var generated: GeneratedCheck {
        let cardData = rules.filter { ["ENC", "NET", "LOG"].contains($0.prefix(3)) }.map { "P-" + $0 }
        let books = [("Fernhill-House-Rules-1.0", rules), ("Fernhill-Payment-Scope-2026", cardData)]
        return GeneratedCheck(
            id: id, service: service, severity: severity, title: title, description: description, risk: risk,
            remediation: remediation, references: ["https://handbook.fernhill.example/security/\(id)"],
            types: ["Software and Configuration Checks/AWS Security Best Practices"], categories: categories,
            compliance: books.filter { !$0.1.isEmpty }.map { (framework: $0.0, requirements: $0.1) },
            attacks: attacks)
    }
}
