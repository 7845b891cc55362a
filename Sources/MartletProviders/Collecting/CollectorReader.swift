import MartletCore
import MartletFormats

/// Reads files of collectors.
public struct CollectorReader: Sendable {
    /// Kinds of hosts that the provider has.
    private let hosts: [String]

    private static let requestKeys = ["api-version", "headers", "permission", "items", "absent", "fallback"]
    private static let childKeys = ["path", "for", "look-up"] + requestKeys
    private static let keys = ["id", "title", "host", "list", "single", "from", "resource", "children"] + requestKeys

    /// A reader for a provider with these kinds of hosts.
    public init(hosts: [String]) { self.hosts = hosts }

    /// The collectors of a file, a list of mappings.
    ///
    /// - Throws: ``MartletError`` (`invalidInput`) with `file:line:column` and the field.
    public func read(_ text: String, file: String) throws -> [CollectorDefinition] {
        let root = try YAMLReader.read(text: text, file: file)
        guard case .sequence(let nodes) = root.value else {
            throw MartletError(
                .invalidInput, "a file of collectors is a list, not \(root.kind)", place: root.place(in: file))
        }
        return try nodes.map { try collector($0, file: file) }
    }

    private func collector(_ node: MarkedNode, file: String) throws(MartletError) -> CollectorDefinition {
        let fields = try CollectorFields(node, of: "a collector", known: Self.keys, file: file)
        let id = try fields.required("id")
        guard id.split(separator: ".", omittingEmptySubsequences: false).count >= 2,
            id.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 46 })
        else { throw fields.wrong("id", "'\(id)' is not provider.service.thing in small letters") }
        let host = try fields.required("host")
        guard hosts.contains(host) else {
            throw fields.wrong("host", "'\(host)' is none of \(hosts.joined(separator: ", "))")
        }
        var definition = CollectorDefinition(
            id: id, title: try fields.required("title"), host: host, list: try request("list", fields),
            place: node.place(in: file))
        definition.isSingle = try fields.flag("single")
        guard definition.isSingle == (definition.list.items == nil) else {
            throw fields.wrong("items", "a collector has either items, or single: true")
        }
        definition.from = try from(fields)
        if let node = fields["resource"] { definition.resource = try resource(node, file: file) }
        for entry in try fields.entries("children") {
            definition.children[entry.key] = try child(entry, file: file)
        }
        for detail in definition.resource.keep {
            guard let child = detail.child, definition.children[child] == nil else { continue }
            throw fields.wrong("resource", "keep.\(detail.name) names the child '\(child)', which there is not")
        }
        return definition
    }

    private func request(_ key: String, _ fields: CollectorFields) throws(MartletError) -> CollectorRequest {
        guard let path = try fields.template(key) else { throw fields.wrong(key, "it is missing") }
        var request = CollectorRequest(path: path, permission: try fields.required("permission"))
        request.fallback = try fields.template("fallback")
        request.apiVersion = try fields.text("api-version")
        request.headers = try fields.texts("headers")
        request.items = try fields.path("items")
        guard let absent = fields["absent"] else { return request }
        guard case .sequence(let nodes) = absent.value else {
            throw fields.wrong("absent", "expected is a list such as [404]")
        }
        for node in nodes {
            guard let status = Int(node.text.prefix { $0 != "/" }), (400...499).contains(status) else {
                throw fields.wrong("absent", "expected is a status from 400 to 499, or STATUS/CODE", node)
            }
            request.absent.append(node.text)
        }
        return request
    }

    private func from(_ fields: CollectorFields) throws(MartletError) -> (name: String, collector: String)? {
        guard fields["from"] != nil else { return nil }
        let parents = try fields.texts("from")
        guard parents.count == 1, let parent = parents.first else {
            throw fields.wrong("from", "expected is one NAME: COLLECTOR")
        }
        return (parent.key, parent.value)
    }

    private func child(_ entry: MarkedNode.Entry, file: String) throws(MartletError) -> CollectorChild {
        let fields = try CollectorFields(entry.value, of: "a child", known: Self.childKeys, file: file)
        var child = CollectorChild(name: entry.key, request: try request("path", fields))
        child.forEach = try fields.path("for")
        child.lookUp = try fields.text("look-up")
        if child.lookUp != nil, child.request.path.description != "{each.id}" {
            throw fields.wrong("look-up", "only a child whose path is {each.id} can be looked up")
        }
        return child
    }

    private func resource(_ node: MarkedNode, file: String) throws(MartletError) -> CollectorResource {
        let known = ["id", "name", "type", "region", "tags", "keep"]
        let fields = try CollectorFields(node, of: "a resource", known: known, file: file)
        var resource = CollectorResource()
        resource.id = try text("id", fields) ?? resource.id
        resource.name = try text("name", fields) ?? resource.name
        resource.type = try text("type", fields, isWord: true) ?? resource.type
        resource.region = try text("region", fields) ?? resource.region
        resource.tags = try fields.path("tags") ?? resource.tags
        for entry in try fields.entries("keep") {
            guard let detail = CollectorDetail(name: entry.key, text: entry.value.text) else {
                throw fields.wrong(
                    "keep.\(entry.key)",
                    "expected is PATH, children.NAME.PATH, bits(PATH) or entry(PATH, NAME), not '\(entry.value.text)'",
                    entry.value)
            }
            resource.keep.append(detail)
        }
        return resource
    }

    private func text(
        _ key: String, _ fields: CollectorFields, isWord: Bool = false
    ) throws(MartletError) -> CollectorText? {
        guard let text = try fields.text(key) else { return nil }
        if text.contains("{"), let template = try fields.template(key) { return .template(template) }
        return try fields.path(key).map { .path($0, isWord: isWord) }
    }
}
