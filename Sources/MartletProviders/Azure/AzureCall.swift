/// A call as it is sent.
public struct AzureCall: Sendable, Hashable {
    /// Decides the token.
    public var host: AzureHost
    /// The whole URL, under the host's own name.
    public var url: String
    /// Headers besides those of every call.
    public var headers: [String: String] = [:]
    /// What errors and coverage call it: its path without the query.
    public var label: String
    /// What the identity must be allowed to do.
    public var permission: String
}
