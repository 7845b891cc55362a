import MartletCore

/// Reads a check's file; see ``CheckDefinition/init(document:file:)``.
struct CheckReader {
    let file: String

    static let keys = [
        "id", "provider", "service", "title", "severity", "categories", "aliases", "resource-type", "description",
        "risk",
        "remediation", "references", "notes", "resource", "needs", "with", "parameters", "when", "each", "let", "pass",
        "fail", "manual", "messages", "report", "examples",
    ]

    func read(_ document: MarkedNode) throws(MartletError) -> CheckDefinition {
        let fields = try fields(document, "the check", Self.keys)
        var check = CheckDefinition(
            id: try id(fields), provider: try provider(fields), service: try fields.required("service"),
            title: try title(fields), severity: try severity(fields),
            resourceType: try fields.required("resource-type"), description: try fields.required("description"),
            risk: try fields.required("risk"), remediation: try remediation(fields),
            resource: try fields.required("resource"))
        check.file = file
        check.categories = try fields.texts("categories")
        check.aliases = try fields.texts("aliases")
        check.references = try fields.texts("references")
        check.notes = try fields.text("notes") ?? ""
        check.needs = try fields.texts("needs")
        check.data = try data(fields)
        check.parameters = try parameters(fields)
        try conditions(fields, into: &check)
        check.examples = try CheckExampleReader(file: file).read(try fields.list("examples"), of: check)
        return check
    }

    func fields(_ node: MarkedNode, _ name: String, _ keys: [String]) throws(MartletError) -> NodeFields {
        try NodeFields(node, name: name, keys: keys, file: file)
    }

    private func id(_ fields: NodeFields) throws(MartletError) -> String {
        let id = try fields.required("id")
        let allowed = id.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
        }
        guard allowed, id.utf8.count <= 200, let node = fields["id"] else {
            throw fields["id"].map {
                fields.invalid("id", "expected at most 200 lower-case letters, digits, '_' and '-'", $0)
            } ?? fields.missing("id")
        }
        _ = node
        return id
    }

    private func provider(_ fields: NodeFields) throws(MartletError) -> Provider {
        let name = try fields.required("provider")
        guard let provider = Provider(name: name), provider.name == name, let node = fields["provider"] else {
            let hint = Suggestion.hint(name, Provider.known)
            throw MartletError(
                .invalidInput, "provider: there is no '\(name)'\(hint)", place: fields["provider"]?.place(in: file))
        }
        _ = node
        return provider
    }

    private func title(_ fields: NodeFields) throws(MartletError) -> String {
        let title = try fields.required("title")
        guard !title.contains("\n"), title.utf8.count <= 300 else {
            throw MartletError(
                .invalidInput, "title: expected one line of at most 300 bytes", place: fields["title"]?.place(in: file))
        }
        return title
    }

    private func severity(_ fields: NodeFields) throws(MartletError) -> Severity {
        guard let severity = try fields.severity("severity") else { throw fields.missing("severity") }
        return severity
    }

    private func remediation(_ fields: NodeFields) throws(MartletError) -> CheckRemediation {
        guard let node = fields["remediation"] else { throw fields.missing("remediation") }
        let parts = try self.fields(node, "remediation", ["text", "cli", "terraform"])
        return CheckRemediation(
            text: try parts.required("text"), cli: try parts.template("cli"),
            terraform: try parts.text("terraform") ?? "")
    }
}
