/// Why an expression gave no value, and where it stands.
struct CheckFailure: Error {
    let message: String
    /// `file:line:column` of the expression, or of its part that failed.
    let place: String
    /// The failed call whose answer was read; nil when it is the expression or the data that is wrong.
    var call: String?
}
