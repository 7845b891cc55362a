import MartletCore

/// A check's metadata, rendered once into the JSON of each place where OCSF wants a part of it.
struct OCSFCheckParts {
    let metadata: CheckMetadata
    /// Members of `finding_info`.
    private(set) var findingInfo: [(key: String, json: String)] = []
    /// Members of the finding itself.
    private(set) var finding: [(key: String, json: String)] = []
    /// Members of `unmapped`.
    private(set) var unmapped: [(key: String, json: String)] = []
    /// Members of `unmapped.martlet`: what OCSF, as Prowler nests it, has no place for.
    private(set) var martlet: [(key: String, json: String)] = []

    init(_ metadata: CheckMetadata) throws {
        self.metadata = metadata
        let document = metadata.document.isEmpty ? JSONValue.object([]) : try JSONValue.parse(metadata.document)
        for member in document.objectValue ?? [] {
            switch member.key {
            case "description": findingInfo.append(("desc", member.value.text))
            case "types", "attacks": findingInfo.append((member.key, member.value.text))
            case "risk": finding.append(("risk_details", member.value.text))
            case "remediation": add(remediation: member.value)
            case "sub_service": martlet.append((member.key, member.value.text))
            default: unmapped.append((member.key, member.value.text))
            }
        }
    }

    private mutating func add(remediation: JSONValue) {
        var writer = JSONWriter()
        writer.beginObject()
        // OCSF requires the description wherever there is a remediation.
        writer.field("desc", remediation["desc"]?.stringValue ?? "")
        if let references = remediation["references"] { writer.field("references", references) }
        writer.endObject()
        finding.append(("remediation", writer.text))
        if let code = remediation["code"] { martlet.append(("remediation_code", code.text)) }
    }
}
