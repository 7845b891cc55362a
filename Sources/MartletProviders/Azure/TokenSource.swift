import MartletCore

/// Gives access tokens.
protocol TokenSource: Sendable {
    /// A new token for an audience such as `https://graph.microsoft.com`. Throws ``MartletError`` that tells what to do;
    /// code `denied` when the credentials are refused.
    func token(for audience: String) async throws -> AccessToken
}
