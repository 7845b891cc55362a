/// A file of checks: what errors call it, and what it holds.
public struct CheckText: Sendable, Hashable {
    /// The path; its last parts matter: `<id>.yaml`, or `<id>/check.yaml` with examples beside it.
    public let path: String
    /// What it holds.
    public let text: String

    /// Makes a file from its parts.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
