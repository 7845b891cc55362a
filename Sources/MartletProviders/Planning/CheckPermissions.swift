/// What an identity must be allowed for a check, and the calls that need it.
public struct CheckPermissions: Sendable, Hashable {
    /// One permission with the calls that need it.
    public struct Permission: Sendable, Hashable {
        /// In the provider's words: an action of Azure's roles, a permission of Microsoft Graph.
        public var name: String
        /// The kind of host that asks for it: `arm`, `graph`, `keyvault`, `devops`.
        public var host: String
        /// Paths of the calls.
        public var calls: [String]
    }

    /// The check's id.
    public var check: String
    /// By host, then name.
    public var permissions: [Permission]

    /// The permissions of a check, out of the calls that a plan makes for it.
    public init(_ need: CheckNeeds, plan: CollectionPlan) {
        check = need.check
        var calls: [Key: Set<String>] = [:]
        for (collector, children) in plan.calls(of: need) {
            let list = Key(host: collector.host, name: collector.list.permission)
            calls[list, default: []].insert(collector.list.path.description)
            for child in children {
                let key = Key(host: collector.host, name: child.request.permission)
                calls[key, default: []].insert(child.request.path.description)
            }
        }
        permissions = calls.map { Permission(name: $0.key.name, host: $0.key.host, calls: $0.value.sorted()) }
            .sorted { ($0.host, $0.name) < ($1.host, $1.name) }
    }

    private struct Key: Hashable {
        var host: String
        var name: String
    }
}
