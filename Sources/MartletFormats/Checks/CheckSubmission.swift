import MartletCore
import MartletPolicy

/// Checks that a tenant wants to keep: read, looked at by the linter, and proved by their examples, as shipped ones are.
public struct CheckSubmission: Sendable {
    /// The checks that could be read, each with its files.
    public let checks: [(definition: CheckDefinition, files: [CheckText])]
    /// All that is to be said of them; with an error none of them may be kept.
    public let issues: [CheckLinter.Issue]

    /// Reads files and runs the examples. Throws ``MartletError`` only where the program's own checks cannot be read.
    public init(_ texts: [CheckText]) throws(MartletError) {
        let files = CheckFiles(texts)
        let linter = CheckLinter(shipped: Set(try CheckFiles.shipped().map(\.id)))
        issues =
            files.errors.map { CheckLinter.Issue(severity: .error, place: $0.place ?? "", message: $0.message) }
            + files.checks.flatMap { linter.issues(of: $0) }
        checks = files.checks.map { ($0, CheckFiles.files(of: $0, in: texts)) }
    }

    /// Why they may not be kept; empty when all is well.
    public var errors: [CheckLinter.Issue] { issues.filter { $0.severity == .error } }

    /// The checks as the store keeps them.
    public var rows: [(id: String, files: String)] {
        checks.map { ($0.definition.id, CheckText.json($0.files).text) }
    }
}
