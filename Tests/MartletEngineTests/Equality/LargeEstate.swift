import MartletCore
import MartletReference
import MartletTestSupport

@testable import MartletEngine

/// More than ten thousand random findings of one account that contradict themselves, and what later scans say of a part
/// of them.
struct LargeEstate {
    private let subjects: [Statement]
    private var generator: SplitMix
    static let checks = 12

    init(seed: UInt64, findings: Int) {
        var generator = SplitMix(seed: seed)
        var subjects: Set<Statement> = []
        while subjects.count < findings {
            // Two resources of one name, an empty uid, letters beyond ASCII, which databases sort each in their way.
            let number = Int.random(in: 0..<(findings / 2), using: &generator)
            subjects.insert(
                Statement(
                    check: "c\(Int.random(in: 0..<Self.checks, using: &generator))",
                    regions: generator.pick([[], ["r0"], ["r1"], ["R2"], ["r-3"], ["r0", "r1"], ["R2", "r-3", "r0"]]),
                    uid: number == 0 ? "" : generator.pick(["u", "U", "ü", "u-"]) + "\(number)",
                    name: generator.chance(80) ? "" : "n\(number % 7)"))
        }
        // A set's order differs from run to run; the key is made once for each, it is the larger part otherwise.
        self.subjects =
            subjects.map { (key: ([$0.check, $0.uid, $0.name] + $0.regions).joined(separator: "|"), subject: $0) }
            .sorted { $0.key < $1.key }.map(\.subject)
        self.generator = generator
    }

    /// What a scan says that looks at some checks only. The percentages are of subjects that are not seen, of those about
    /// which something else is said than usual, and of those that come twice.
    mutating func scan(checks: Set<String>? = nil, unseen: Int, other: Int, twice: Int) -> [Statement] {
        var statements: [Statement] = []
        for (number, subject) in subjects.enumerated() where checks?.contains(subject.check) ?? true {
            guard !generator.chance(unseen) else { continue }
            statements.append(generator.chance(other) ? contradict(subject) : Self.usual(subject, number))
            if generator.chance(twice) { statements.append(contradict(subject)) }
        }
        return statements
    }

    /// What is said of a subject unless something happens.
    private static func usual(_ subject: Statement, _ number: Int) -> Statement {
        var statement = subject
        statement.status = number % 5 < 3 ? .pass : number % 5 == 3 ? .fail : .manual
        statement.severity = number % 11 == 0 ? .critical : .medium
        statement.muted = number % 31 == 0
        statement.tags = number % 3 == 0 ? [Tag(key: "a", value: "\(number % 2)"), Tag(key: "b", value: "")] : []
        return statement
    }

    private mutating func contradict(_ subject: Statement) -> Statement {
        var statement = subject
        statement.status = generator.pick([.fail, .pass, .manual])
        statement.severity = generator.pick([.low, .high, .medium])
        statement.muted = generator.chance(10)
        statement.detail = generator.pick(["", "d", "D", "ä", "z\u{10FFFF}"])
        statement.type = generator.pick(["", "T", "t"])
        statement.title = generator.pick(["t", "t", "T"])
        statement.tags = [Tag(key: "a", value: "1"), Tag(key: "A", value: "1"), Tag(key: "b", value: "")].filter { _ in
            generator.chance(50)
        }
        return statement
    }
}
