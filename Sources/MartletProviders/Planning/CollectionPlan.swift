/// Which calls a scan makes: pure. Only what the checks need is in it, and each collector once.
public struct CollectionPlan: Sendable {
    /// What was planned, in the order in which it was given.
    public let needs: [CheckNeeds]
    /// The collectors that take part, by id.
    public private(set) var collectors: [String: PlannedCollector] = [:]
    /// Checks that cannot be run.
    public private(set) var gaps: [PlanGap] = []

    private let catalog: CollectorCatalog
    private let variables: Set<String>

    /// Variables that paths may speak of, with what to do when the scan has none.
    private static let optionalVariables = [
        "organization": "it needs an organisation of Azure DevOps; give --devops-organization and --devops-project",
        "project": "it needs a project of Azure DevOps; give --devops-organization and --devops-project",
    ]

    /// Plans.
    ///
    /// - Parameter variables: The names of what the scan knows, such as `subscription`.
    public init(_ needs: [CheckNeeds], catalog: CollectorCatalog, variables: Set<String>) {
        self.needs = needs
        self.catalog = catalog
        self.variables = variables
        for (place, need) in needs.enumerated() {
            if let reason = obstacle(to: need) {
                gaps.append(PlanGap(check: need.check, reason: reason))
            } else {
                add(need, at: place)
            }
        }
        for id in collectors.keys.sorted() {
            if let parent = collectors[id]?.definition.from?.collector { collectors[parent]?.dependents.append(id) }
        }
        holdAncestors()
        for id in collectors.keys {
            let paths = distinct(id)
            collectors[id]?.distinct = paths
        }
    }

    /// Collectors that begin with a list of their own, by id: the held ones, or the others.
    public func roots(held: Bool) -> [String] {
        collectors.values.filter { $0.isHeld == held && $0.definition.from == nil }.map(\.definition.id).sorted()
    }

    /// Everything that a check needs calls for: the collectors with the children, each parent before what lies below it.
    public func calls(of need: CheckNeeds) -> [(collector: CollectorDefinition, children: [CollectorChild])] {
        var calls: [(collector: CollectorDefinition, children: [CollectorChild])] = []
        for id in [need.collector] + need.data {
            guard let definition = catalog[id] else { continue }
            for ancestor in chain(of: definition) where !calls.contains(where: { $0.collector.id == ancestor.id }) {
                calls.append((ancestor, []))
            }
        }
        if let place = calls.firstIndex(where: { $0.collector.id == need.collector }) {
            calls[place].children = need.children.compactMap { calls[place].collector.children[$0] }
        }
        return calls
    }

    /// A collector with those above it, the topmost first.
    private func chain(of definition: CollectorDefinition) -> [CollectorDefinition] {
        var chain = [definition]
        while let from = chain[0].from, let parent = catalog[from.collector] { chain.insert(parent, at: 0) }
        return chain
    }

    private func obstacle(to need: CheckNeeds) -> String? {
        for id in [need.collector] + need.data {
            guard let definition = catalog[id] else { return "there is no collector '\(id)'" }
            for ancestor in chain(of: definition) {
                for path in ancestor.list.path.paths where path.keys.count == 1 && !variables.contains(path.keys[0]) {
                    if let reason = Self.optionalVariables[path.keys[0]] { return reason }
                }
            }
        }
        let missing = need.children.first { catalog[need.collector]?.children[$0] == nil }
        return missing.map { "the collector '\(need.collector)' has no child '\($0)'" }
    }

    private mutating func add(_ need: CheckNeeds, at place: Int) {
        insert(need.collector)
        collectors[need.collector]?.checks.append(place)
        for id in need.data {
            insert(id)
            collectors[id]?.isHeld = true
        }
        for name in need.children {
            guard let child = catalog[need.collector]?.children[name],
                collectors[need.collector]?.children.contains(where: { $0.name == name }) == false
            else { continue }
            collectors[need.collector]?.children.append(child)
            guard let lookUp = child.lookUp else { continue }
            insert(lookUp)
            collectors[lookUp]?.isHeld = true
            collectors[lookUp]?.isLookedUp = true
        }
    }

    /// Adds a collector with those above it.
    private mutating func insert(_ id: String) {
        guard let definition = catalog[id] else { return }
        for ancestor in chain(of: definition) where collectors[ancestor.id] == nil {
            collectors[ancestor.id] = PlannedCollector(ancestor)
        }
    }

    /// Paths that tell a collector's items apart for all who need them; nil where every item counts.
    private func distinct(_ id: String) -> Set<FieldPath>? {
        guard let collector = collectors[id], collector.checks.isEmpty, collector.dependents.isEmpty,
            !collector.isLookedUp, collector.definition.from == nil
        else { return nil }
        var paths: Set<FieldPath> = []
        let skipped = Set(gaps.map(\.check))
        for need in needs where need.data.contains(id) && !skipped.contains(need.check) {
            guard let own = need.distinct[id] else { return nil }
            paths.formUnion(own)
        }
        return paths.isEmpty ? nil : paths
    }

    /// What is kept needs what lies above it first, and that is fetched only once.
    private mutating func holdAncestors() {
        for id in collectors.keys where collectors[id]?.isHeld == true {
            for ancestor in collectors[id].map({ chain(of: $0.definition) }) ?? [] {
                collectors[ancestor.id]?.isHeld = true
            }
        }
    }
}
