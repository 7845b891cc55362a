/// One call that a collector makes: its list, or a child of its items.
public struct CollectorRequest: Sendable, Hashable {
    /// A path on the collector's host, or a whole URL on a host of the same kind.
    public var path: PathTemplate
    /// Asked instead where the first answers 400 or 404.
    public var fallback: PathTemplate?
    /// The `api-version` of the query; nil for hosts without versions.
    public var apiVersion: String?
    /// Headers besides those of every call.
    public var headers: [String: String] = [:]
    /// What the scanner's identity must be allowed to do, in the provider's words.
    public var permission: String
    /// Where in the answer the items stand; nil when the answer as a whole is the one thing asked for.
    public var items: FieldPath?
    /// Statuses, or `status/code` with the error's code, that say that there is nothing: no items, `null` for an object.
    public var absent: [String] = []

    /// Makes a request of an object.
    public init(path: PathTemplate, permission: String) {
        self.path = path
        self.permission = permission
    }

    /// Whether an error says that there is nothing.
    func isAbsent(status: Int, code: String) -> Bool {
        absent.contains { $0 == "\(status)" || $0.lowercased() == "\(status)/\(code)".lowercased() }
    }
}
