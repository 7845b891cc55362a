/// Something a linter found wrong or odd in a file.
public struct LintIssue: Sendable, Hashable, CustomStringConvertible {
    /// How much it matters.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The file cannot be loaded, or a part of it contradicts the file's own declarations or is lost.
        case error
        /// The file works, but probably not as its author thinks.
        case warning
    }

    /// How much it matters.
    public let severity: Severity
    /// The file, as it was named.
    public let file: String
    /// Where in the file, as a JSON pointer; empty for the whole file.
    public let pointer: String
    /// What is wrong and what was expected.
    public let message: String

    /// An issue.
    public init(severity: Severity, file: String, pointer: String, message: String) {
        self.severity = severity
        self.file = file
        self.pointer = pointer
        self.message = message
    }

    /// `FILE#POINTER: severity: message`.
    public var description: String { "\(file)#\(pointer): \(severity.rawValue): \(message)" }
}
