import MartletCore

/// Made-up texts of a check, of the length real ones have; they depend on the check's id alone.
struct BenchmarkCheckText {
    private static let words = [
        "encryption", "logging", "public", "access", "rotation", "backup", "policy", "network", "transport",
        "retention",
        "versioning", "monitoring", "privilege", "default", "isolation", "boundary", "credential", "snapshot", "owner",
        "recovery", "endpoint", "audit", "traffic", "storage", "identity", "role", "alarm", "region", "key", "account",
    ]
    private static let frameworks = 40

    private var generator: SplitMix64
    private let id: String
    private let service: String

    init(id: String, service: String) {
        generator = SplitMix64(seed: SplitMix64.hash(id))
        self.id = id
        self.service = service
    }

    mutating func check() -> GeneratedCheck {
        let severities: [Severity] = [.low, .medium, .medium, .high, .high, .critical]
        let severity = severities[generator.index(below: severities.count)]
        let categories = ["encryption", "logging", "resilience", "identity-access", "internet-exposed"]
        return GeneratedCheck(
            id: id, service: service, severity: severity, title: sentence(5), description: sentence(18),
            risk: sentence(24), remediation: sentence(22), references: ["https://checks.example/\(id)"],
            types: ["Software and Configuration Checks/AWS Security Best Practices"],
            categories: [categories[generator.index(below: categories.count)]],
            additionalURLs: ["https://docs.example/\(service)/\(id)"], compliance: compliance())
    }

    private mutating func sentence(_ count: Int) -> String {
        let chosen = (0..<count).map { _ in Self.words[generator.index(below: Self.words.count)] }
        let text = chosen.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private mutating func compliance() -> [(framework: String, requirements: [String])] {
        let first = generator.index(below: Self.frameworks)
        let numbers = (0..<6).map { (first + $0 * 7) % Self.frameworks }.sorted()
        return numbers.map { number in
            let section = generator.index(below: 17) + 1
            let count = generator.index(below: 4) + 1
            return ("Example-Framework-\(number + 1)-1.0", (1...count).map { "\(number + 1).\(section).\($0)" })
        }
    }
}
