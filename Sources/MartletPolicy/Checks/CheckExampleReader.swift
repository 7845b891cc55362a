import MartletCore

/// Reads a check's `examples`.
///
/// `like: NAME` begins with an earlier example; what is given is then merged into it (RFC 7396), so that an example
/// shows only in what it differs.
struct CheckExampleReader {
    let file: String

    static let keys = [
        "name", "kind", "verdict", "message", "severity", "outcomes", "like", "resource", "child", "parent", "data",
        "param",
        "account", "now",
    ]

    func read(_ nodes: [MarkedNode], of check: CheckDefinition) throws(MartletError) -> [CheckExample] {
        var examples = check.examples
        for node in nodes {
            let fields = try NodeFields(node, name: "an example", keys: Self.keys, file: file)
            let example = try read(fields, node, of: check, after: examples)
            guard !examples.contains(where: { $0.name == example.name }) else {
                throw fields.invalid("name", "another example has the name '\(example.name)'", fields["name"] ?? node)
            }
            examples.append(example)
        }
        return examples
    }

    private func read(
        _ fields: NodeFields, _ node: MarkedNode, of check: CheckDefinition, after examples: [CheckExample]
    ) throws(MartletError) -> CheckExample {
        guard let kind = try fields.word("kind", CheckExampleKind.self) else { throw fields.missing("kind") }
        guard let verdict = try fields.word("verdict", CheckVerdict.self) else { throw fields.missing("verdict") }
        guard kind != .good || verdict == .pass else {
            throw fields.invalid("verdict", "a good example passes", fields["verdict"] ?? node)
        }
        guard kind != .bad || verdict == .fail else {
            throw fields.invalid("verdict", "a bad example fails", fields["verdict"] ?? node)
        }
        let base = try base(fields, examples)
        var example = CheckExample(
            name: try fields.required("name"), kind: kind, verdict: verdict, resource: .object([]),
            place: node.place(in: file))
        example.message = try fields.text("message")
        example.severity = try fields.severity("severity")
        example.outcomes = try outcomes(fields)
        guard let resource = try merged(base?.resource, fields, "resource") else { throw fields.missing("resource") }
        example.resource = resource
        example.child = try members(base?.child ?? [:], fields, "child", known: check.needs, of: "needs")
        example.parent = try members(base?.parent ?? [:], fields, "parent", known: nil, of: "")
        example.data = try members(base?.data ?? [:], fields, "data", known: check.data.map(\.name), of: "with")
        example.parameters = try members(
            base?.parameters ?? [:], fields, "param", known: check.parameters.map(\.name), of: "parameters")
        example.account = try merged(base?.account ?? CheckExample.defaultAccount, fields, "account") ?? example.account
        example.now = try now(fields) ?? base?.now ?? example.now
        return example
    }

    private func base(_ fields: NodeFields, _ examples: [CheckExample]) throws(MartletError) -> CheckExample? {
        guard let name = try fields.text("like"), let node = fields["like"] else { return nil }
        guard let base = examples.first(where: { $0.name == name }) else {
            let hint = Suggestion.hint(name, examples.map(\.name))
            throw fields.invalid("like", "no example before this one is called '\(name)'\(hint)", node)
        }
        return base
    }

    /// What an example has under a key: merged into what it is like, if it is like another.
    private func merged(_ base: JSONValue?, _ fields: NodeFields, _ key: String) throws(MartletError) -> JSONValue? {
        guard fields.has(key) else { return base }
        guard let node = fields[key] else { return .null }
        let value = try fields.json(node)
        return base.map { $0.merging(value) } ?? value
    }

    private func members(
        _ base: [String: JSONValue], _ fields: NodeFields, _ key: String, known: [String]?, of list: String
    ) throws(MartletError) -> [String: JSONValue] {
        var members = base
        for entry in try fields.mapping(key) {
            if let known, !known.contains(entry.key) {
                throw MartletError(
                    .invalidInput,
                    "\(key): '\(entry.key)' is not among the check's '\(list)'\(Suggestion.hint(entry.key, known))",
                    place: entry.place(in: file))
            }
            let value = try fields.json(entry.value)
            members[entry.key] = members[entry.key]?.merging(value) ?? value
        }
        return members
    }

    private func now(_ fields: NodeFields) throws(MartletError) -> Timestamp? {
        guard let text = try fields.text("now"), let node = fields["now"] else { return nil }
        guard let now = Timestamp(rfc3339: text) else {
            throw fields.invalid("now", "expected a time such as 2026-01-31T12:00:00Z", node)
        }
        return now
    }

    private func outcomes(_ fields: NodeFields) throws(MartletError) -> [CheckExampleOutcome]? {
        guard fields["outcomes"] != nil else { return nil }
        var outcomes: [CheckExampleOutcome] = []
        for node in try fields.list("outcomes") {
            let parts = try NodeFields(
                node, name: "an outcome", keys: ["verdict", "id", "message", "severity"], file: file)
            guard let verdict = try parts.word("verdict", CheckVerdict.self) else { throw parts.missing("verdict") }
            outcomes.append(
                CheckExampleOutcome(
                    verdict: verdict, id: try parts.text("id"), message: try parts.text("message"),
                    severity: try parts.severity("severity")))
        }
        return outcomes
    }
}
