/// Something about a database that must be put right.
public struct DatabaseProblem: Sendable, Hashable {
    /// What it is about: a role, a table, the schema.
    public var subject: String
    /// What is wrong and what to do, in one or two sentences.
    public var message: String

    /// Names a problem.
    public init(_ subject: String, _ message: String) {
        self.subject = subject
        self.message = message
    }
}
