/// Collects the issues of one file.
///
/// The same message at many places becomes one issue that counts them, and the number of issues is bounded, so that a
/// file that is odd throughout gives a report that can be read.
struct LintReport {
    private(set) var dropped = 0
    private let file: String
    private var entries: [(severity: LintIssue.Severity, pointer: String, message: String, more: Int)] = []
    private var places: [String: Int] = [:]

    static let limit = 10_000

    init(file: String) { self.file = file }

    /// `collapse`: only the first place of this message is reported, with the number of the others.
    mutating func add(
        _ severity: LintIssue.Severity, _ pointer: String, _ message: String, collapse: Bool = false
    ) {
        if collapse, let place = places[message] {
            entries[place].more += 1
            return
        }
        guard entries.count < Self.limit else {
            dropped += 1
            return
        }
        if collapse { places[message] = entries.count }
        entries.append((severity, pointer, message, 0))
    }

    func has(_ severity: LintIssue.Severity, at pointer: String) -> Bool {
        entries.contains { $0.severity == severity && $0.pointer == pointer }
    }

    /// In the order found, with a last one if some had to be left out.
    var issues: [LintIssue] {
        var issues = entries.map { entry in
            LintIssue(
                severity: entry.severity, file: file, pointer: entry.pointer,
                message: entry.more == 0 ? entry.message : "\(entry.message) (and at \(entry.more) more places)")
        }
        if dropped > 0 {
            issues.append(
                LintIssue(
                    severity: .warning, file: file, pointer: "", message: "\(dropped) more issues are not listed"))
        }
        return issues
    }
}
