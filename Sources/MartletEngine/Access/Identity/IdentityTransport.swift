/// How Martlet asks an identity provider. Redirects are not followed.
public protocol IdentityTransport: Sendable {
    /// Sends a request and gives status and body, at most 1 MiB.
    ///
    /// - Parameter form: The fields of an `application/x-www-form-urlencoded` POST, encoded; nil for GET.
    /// - Throws: ``MartletError`` `io` when no whole answer comes.
    func ask(
        _ url: String, form: String?, headers: [(name: String, value: String)]
    ) async throws -> (status: Int, body: [UInt8])
}
