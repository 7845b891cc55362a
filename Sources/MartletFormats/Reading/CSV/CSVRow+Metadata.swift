import MartletCore

extension CSVRow {
    /// What the row says of its check, as the document of ``CheckMetadata``.
    func checkDocument() throws(Refusal) -> String {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ text: String) {
            if !text.isEmpty { members.append(.init(key, .string(text))) }
        }
        func add(_ key: String, _ items: [String]) {
            if !items.isEmpty { members.append(.init(key, .array(items.map(JSONValue.string)))) }
        }
        add("additional_urls", try list(.additionalURLs))
        add("categories", try list(.categories))
        let compliance = try readCompliance()
        if !compliance.isEmpty { members.append(.init("compliance", .object(compliance))) }
        add("depends_on", try list(.dependsOn))
        add("description", text(.description))
        add("notes", text(.notes))
        add("related_to", try list(.relatedTo))
        add("related_url", text(.relatedURL))
        let remediation = readRemediation()
        if !remediation.isEmpty { members.append(.init("remediation", .object(remediation))) }
        add("risk", text(.risk))
        add("sub_service", text(.subServiceName))
        add("types", try list(.checkType))
        return JSONValue.object(members).canonicalText
    }

    private func readRemediation() -> [JSONValue.Member] {
        let columns: [(String, CSVColumn)] = [
            ("cli", .codeCLI), ("native_iac", .codeNativeIaC), ("other", .codeOther), ("terraform", .codeTerraform),
        ]
        let code = columns.compactMap { key, column -> JSONValue.Member? in
            let text = text(column)
            return text.isEmpty ? nil : .init(key, .string(text))
        }
        var members: [JSONValue.Member] = []
        if !code.isEmpty { members.append(.init("code", .object(code))) }
        let recommendation = text(.remediationText)
        if !recommendation.isEmpty { members.append(.init("desc", .string(recommendation))) }
        let reference = text(.remediationURL)
        if !reference.isEmpty { members.append(.init("references", .array([.string(reference)]))) }
        return members
    }

    // `Framework: id, id | Framework: id`. An id that itself contains a comma and a blank cannot be told from two.
    private func readCompliance() throws(Refusal) -> [JSONValue.Member] {
        var order: [String] = []
        var requirements: [String: [JSONValue]] = [:]
        for item in try list(.compliance) {
            let parts = try Self.split(item, at: ": ", .compliance)
            guard let framework = parts.first else { continue }
            if requirements[framework] == nil { order.append(framework) }
            let ids = try Self.split(parts.dropFirst().joined(separator: ": "), at: ", ", .compliance)
            requirements[framework, default: []] += ids.map(JSONValue.string)
        }
        return order.map { .init($0, .array(requirements[$0] ?? [])) }
    }
}
