/// Several errors of one request, such as all the fields that are wrong. The first one's status is the answer's.
public struct APIErrors: Error, Sendable, Hashable {
    /// At least one.
    public let errors: [APIError]

    /// Errors in their order; nil without any.
    public init?(_ errors: [APIError]) {
        guard !errors.isEmpty else { return nil }
        self.errors = errors
    }
}
