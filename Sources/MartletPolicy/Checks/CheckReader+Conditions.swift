import MartletCore

extension CheckReader {
    /// The variables of every check; `let` and `each` may not take their names.
    static let variables = ["resource", "child", "parent", "data", "param", "account", "now"]

    /// Reads `when`, `each`, `let`, `pass`, `fail`, `manual`, `messages` and `report`.
    func conditions(_ fields: NodeFields, into check: inout CheckDefinition) throws(MartletError) {
        check.when = try fields.expression("when")
        check.each = try each(fields)
        check.bindings = try bindings(fields, each: check.each)
        check.pass = try fields.expression("pass")
        check.fail = try list(fields, "fail")
        check.manual = try list(fields, "manual")
        if check.pass == nil, check.fail.isEmpty, check.manual.isEmpty { throw fields.missing("pass' or 'fail") }
        if check.pass != nil, !check.fail.isEmpty, let node = fields["fail"] {
            throw fields.invalid("fail", "a check has either 'pass' or 'fail'; leave one out", node)
        }
        if let node = fields["messages"] {
            let parts = try self.fields(node, "messages", ["pass", "fail"])
            check.passMessage = try parts.template("pass")
            check.failMessage = try parts.template("fail")
        }
        if let node = fields["report"] {
            let parts = try self.fields(node, "report", ["id", "name", "type", "region", "discriminator"])
            check.report = CheckReport(
                id: try parts.expression("id"), name: try parts.expression("name"), type: try parts.expression("type"),
                region: try parts.expression("region"), discriminator: try parts.expression("discriminator"))
        }
    }

    private func each(_ fields: NodeFields) throws(MartletError) -> CheckEach? {
        guard let node = fields["each"] else { return nil }
        let parts = try self.fields(node, "each", ["in", "as"])
        guard let list = try parts.expression("in") else { throw parts.missing("in") }
        let name = try parts.required("as")
        guard Self.isIdentifier(name), !Self.variables.contains(name) else {
            throw parts.invalid("as", "'\(name)' is no free name for a variable", parts["as"] ?? node)
        }
        return CheckEach(list: list, name: name)
    }

    private func bindings(_ fields: NodeFields, each: CheckEach?) throws(MartletError) -> [CheckBinding] {
        var bindings: [CheckBinding] = []
        for entry in try fields.mapping("let") {
            try identifier(entry, "let")
            guard !Self.variables.contains(entry.key), entry.key != each?.name else {
                throw MartletError(
                    .invalidInput, "let: '\(entry.key)' is the name of another variable", place: entry.place(in: file))
            }
            bindings.append(
                CheckBinding(name: entry.key, expression: try fields.expression(entry.value, "let.\(entry.key)")))
        }
        return bindings
    }

    private func list(_ fields: NodeFields, _ key: String) throws(MartletError) -> [CheckCondition] {
        var conditions: [CheckCondition] = []
        for node in try fields.list(key) {
            let parts = try self.fields(node, "an entry of '\(key)'", ["if", "message", "severity"])
            guard let expression = try parts.expression("if") else { throw parts.missing("if") }
            conditions.append(
                CheckCondition(
                    expression: expression, message: try parts.template("message"),
                    severity: try parts.severity("severity")))
        }
        return conditions
    }
}
