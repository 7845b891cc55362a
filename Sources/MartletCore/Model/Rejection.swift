/// A statement of a source that could not be used, and why.
public struct Rejection: Sendable, Hashable {
    /// Where it stands: `line 12`, `element 3`, `row 7`, with the file before it where there is one.
    public var place: String
    /// The field, as a JSON pointer or a column name; empty when the whole statement is unreadable.
    public var field: String
    /// What is wrong and what was expected; never the value of a secret.
    public var message: String

    /// The check it spoke of, where that could be read; empty otherwise. A scan does not call findings of this check
    /// gone: the unreadable statement may have been about them.
    public var check: String

    /// Makes a rejection; an empty `check` says that not even the check could be read.
    public init(place: String, field: String, message: String, check: String = "") {
        self.place = place
        self.field = field
        self.message = message
        self.check = check
    }
}
