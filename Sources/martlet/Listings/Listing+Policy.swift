import MartletCore
import MartletPolicy

extension Listing where Row == LintIssue {
    /// `martlet frameworks lint`.
    static var lint: Listing {
        Listing(
            columns: [
                Column("SEVERITY", style: { $0.severity == .error ? .red : .yellow }) { $0.severity.rawValue },
                Column("FILE", flexible: true) { $0.file },
                Column("POINTER", flexible: true) { CellText.or($0.pointer) },
                Column("MESSAGE", flexible: true) { $0.message },
            ],
            fields: [
                ("severity", { $0.severity.rawValue }), ("file", { $0.file }), ("pointer", { $0.pointer }),
                ("message", { $0.message }),
            ],
            json: { issue, json in
                json.field("severity", issue.severity.rawValue)
                json.field("file", issue.file)
                json.field("pointer", issue.pointer)
                json.field("message", issue.message)
            }, empty: "nothing to report")
    }
}

extension Listing where Row == Requirement {
    /// The requirements of `martlet frameworks show`.
    static var requirements: Listing {
        Listing(
            columns: [
                Column("REQUIREMENT", flexible: true, style: { _ in .bold }) { $0.id },
                Column("CHECKS", right: true) { String(Set($0.checks.values.joined()).count) },
                Column("NAME", flexible: true) { CellText.or($0.name) },
                Column("DESCRIPTION", flexible: true) { $0.description },
            ],
            fields: [
                ("requirement", { $0.id }), ("name", { $0.name }), ("description", { $0.description }),
                ("checks", { Set($0.checks.values.joined()).sorted().joined(separator: " ") }),
            ], json: { $1.requirement($0) }, empty: "no requirements")
    }
}

extension JSONWriter {
    /// A framework with everything its file says of the requirements.
    mutating func framework(_ framework: Framework) {
        beginObject()
        field("framework", framework.id)
        said("name", framework.name)
        said("title", framework.title)
        said("version", framework.version)
        said("description", framework.description)
        field("form", framework.form.rawValue)
        field("providers", framework.providers)
        field("content_hash", framework.source.contentHash.description)
        key("attributes_metadata")
        value(framework.attributesMetadata ?? .null)
        key("requirements")
        beginArray()
        for requirement in framework.requirements {
            beginObject()
            self.requirement(requirement)
            endObject()
        }
        endArray()
        endObject()
    }

    /// The members of a requirement.
    mutating func requirement(_ requirement: Requirement) {
        field("requirement", requirement.id)
        said("name", requirement.name)
        said("description", requirement.description)
        field("attributes", .array(requirement.attributes))
        key("checks")
        beginObject()
        for (provider, checks) in requirement.checks.sorted(by: { $0.key < $1.key }) { field(provider, checks) }
        endObject()
        if !requirement.tactics.isEmpty { field("tactics", requirement.tactics) }
        if !requirement.subTechniques.isEmpty { field("sub_techniques", requirement.subTechniques) }
        if !requirement.platforms.isEmpty { field("platforms", requirement.platforms) }
        if !requirement.techniqueURL.isEmpty { field("technique_url", requirement.techniqueURL) }
    }
}
