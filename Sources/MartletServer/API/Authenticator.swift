/// Finds out who makes a request.
public protocol Authenticator: Sendable {
    /// The caller that the credentials belong to, with what they may do now: a revoked key, an expired token and a removed
    /// user are refused here.
    ///
    /// - Parameters:
    ///   - credentials: What the request shows.
    ///   - address: The client's numeric address, for the log and for limits.
    /// - Throws: ``APIError`` 401 when they do not hold, 429 when there were too many wrong ones, 503 when this cannot be
    ///   found out now.
    func authenticate(_ credentials: Credentials, from address: String) async throws -> Principal
}
