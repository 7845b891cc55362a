import MartletCore

/// The attribute `check_metadata` of findings: what the source says of the check, under Prowler's keys. Rendered once for
/// each check and severity of an answer.
struct CheckMetadataText {
    private struct Key: Hashable {
        var metadata: CheckMetadata
        var provider: Provider
        var severity: Severity
    }

    private var rendered: [Key: Rendered] = [:]
    /// More checks than any scanner has.
    private static let limit = 2_000

    struct Rendered {
        /// The object, as JSON.
        var json: [UInt8]
        var categories: [String]
    }

    mutating func of(_ metadata: CheckMetadata, provider: Provider, severity: Severity) -> Rendered {
        let key = Key(metadata: metadata, provider: provider, severity: severity)
        if let known = rendered[key] { return known }
        if rendered.count >= Self.limit { rendered.removeAll() }
        let fresh = Self.render(metadata, provider: provider, severity: severity)
        rendered[key] = fresh
        return fresh
    }

    private static func render(_ metadata: CheckMetadata, provider: Provider, severity: Severity) -> Rendered {
        let document = (try? JSONValue.parse(metadata.document)) ?? .object([])
        func texts(_ key: String) -> [String] { document[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        func text(_ key: String) -> String { document[key]?.stringValue ?? "" }
        let remediation = document["remediation"]
        var json = JSONWriter()
        json.beginObject()
        json.field("checkid", metadata.check)
        json.field("checktitle", metadata.title)
        json.field("provider", provider.name)
        json.field("severity", severity.name)
        json.field("servicename", metadata.service)
        json.field("subservicename", text("sub_service"))
        json.field("description", text("description"))
        json.field("risk", text("risk"))
        json.key("remediation")
        json.beginObject()
        json.key("code")
        json.beginObject()
        for (name, key) in [
            ("cli", "cli"), ("other", "other"), ("nativeiac", "native_iac"), ("terraform", "terraform"),
        ] {
            json.field(name, remediation?["code"]?[key]?.stringValue ?? "")
        }
        json.endObject()
        json.key("recommendation")
        json.beginObject()
        json.field("text", remediation?["desc"]?.stringValue ?? "")
        json.field("url", remediation?["references"]?[0]?.stringValue ?? "")
        json.endObject()
        json.endObject()
        json.field("categories", texts("categories"))
        json.field("checktype", texts("types"))
        json.field("relatedurl", text("related_url"))
        json.field("additionalurls", texts("additional_urls"))
        json.field("dependson", texts("depends_on"))
        json.field("relatedto", texts("related_to"))
        json.field("notes", text("notes"))
        json.field("compliance", document["compliance"] ?? .object([]))
        json.endObject()
        return Rendered(json: json.takeBytes(), categories: texts("categories"))
    }
}
