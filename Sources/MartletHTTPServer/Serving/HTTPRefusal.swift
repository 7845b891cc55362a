/// Why the server itself refuses a request, before any handler sees it.
public struct HTTPRefusal: Error, Sendable, Hashable {
    /// The status of the answer.
    public let status: Int
    /// A stable word for programs.
    public let code: String
    /// What is wrong, for the client.
    public let detail: String

    /// A refusal of its parts.
    public init(_ status: Int, _ code: String, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }
}
