import MartletCore

extension CheckDefinition {
    /// What findings of the check carry of it, in the form that imports have.
    public var metadata: CheckMetadata {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ text: String) { if !text.isEmpty { members.append(.init(key, .string(text))) } }
        func add(_ key: String, _ texts: [String]) {
            if !texts.isEmpty { members.append(.init(key, .array(texts.map { .string($0) }))) }
        }
        add("additional_urls", Array(references.dropFirst()))
        add("aliases", aliases)
        add("categories", categories)
        add("description", description)
        add("notes", notes)
        add("related_url", references.first ?? "")
        var code: [JSONValue.Member] = []
        if let cli = remediation.cli { code.append(.init("cli", .string(cli.source))) }
        if !remediation.terraform.isEmpty { code.append(.init("terraform", .string(remediation.terraform))) }
        var advice = [JSONValue.Member("desc", .string(remediation.text))]
        if !code.isEmpty { advice.append(.init("code", .object(code))) }
        members.append(.init("remediation", .object(advice)))
        add("risk", risk)
        return CheckMetadata(
            check: id, service: service, title: title, document: JSONValue.object(members).canonicalText)
    }
}
