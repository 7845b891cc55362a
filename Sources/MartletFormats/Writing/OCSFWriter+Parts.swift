import MartletCore

/// The parts of a finding.
extension OCSFWriter {
    mutating func writeHead(_ finding: OCSFFinding) {
        let observation = finding.observation
        json.field("message", observation.detail)
        json.key("metadata")
        json.beginObject()
        json.field("event_code", observation.check.check)
        json.key("product")
        json.beginObject()
        let product = finding.scanner == "prowler" ? "Prowler" : finding.scanner
        json.field("name", product)
        json.field("uid", finding.scanner)
        json.field("vendor_name", product)
        json.endObject()
        json.field("profiles", [isContainer(observation) ? "container" : "cloud", "datetime"])
        optional("tenant_uid", finding.account.organization)
        json.field("version", Self.version)
        json.endObject()
        json.field("severity_id", observation.severity.rawValue)
        json.field("severity", observation.severity.name.capitalizedASCII)
        json.field("status", observation.muted ? "Suppressed" : "New")
        json.field("status_id", observation.muted ? 3 : 1)
        json.field("status_code", observation.status.name)
        json.field("status_detail", observation.detail)
        json.field("activity_name", "Create")
        json.field("activity_id", 1)
        json.field("category_name", "Findings")
        json.field("category_uid", 2)
        json.field("class_name", "Detection Finding")
        json.field("class_uid", 2004)
        json.field("type_name", "Detection Finding: Create")
        json.field("type_uid", 200_401)
        time("time", observation.observedAt)
    }

    mutating func writeInfo(_ finding: OCSFFinding, check: OCSFCheckParts) {
        let observation = finding.observation
        json.key("finding_info")
        json.beginObject()
        json.field("uid", finding.fingerprint)
        json.field("title", observation.check.title)
        json.key("analytic")
        json.beginObject()
        optional("category", observation.check.service)
        json.field("name", observation.check.title)
        json.field("type", "Rule")
        json.field("type_id", 1)
        json.field("uid", observation.check.check)
        json.endObject()
        time("created_time", observation.observedAt)
        if let first = observation.firstSeenAt { time("first_seen_time", first) }
        for part in check.findingInfo { add(part) }
        json.endObject()
    }

    /// One entry for each region, as OCSF allows a resource only one; none when the finding names no region.
    mutating func writeResources(_ observation: FindingObservation) {
        json.key("resources")
        json.beginArray()
        for region in observation.regions.isEmpty ? [""] : observation.regions {
            writeResource(observation, region: region)
        }
        json.endArray()
    }

    private mutating func writeResource(_ observation: FindingObservation, region: String) {
        let resource = observation.resource
        json.beginObject()
        json.field("uid", resource.uid)
        json.field("name", observation.discriminator)
        optional("type", resource.type)
        optional(isContainer(observation) ? "namespace" : "region", region)
        optional("cloud_partition", resource.partition)
        if !resource.service.isEmpty {
            json.key("group")
            json.beginObject()
            json.field("name", resource.service)
            json.endObject()
        }
        writeTags(resource.tags)
        if !resource.data.isEmpty {
            json.key("data")
            json.raw(resource.data)
        }
        json.endObject()
    }

    /// Labels as Prowler writes them; a tag that a reader of labels would take apart differently goes to `tags`.
    private mutating func writeTags(_ tags: [Tag]) {
        let odd = tags.filter { !Self.survivesAsLabel($0) }
        json.field("labels", tags.filter(Self.survivesAsLabel).map { "\($0.key):\($0.value)" })
        guard !odd.isEmpty else { return }
        json.key("tags")
        json.beginArray()
        for tag in odd {
            json.beginObject()
            json.field("name", tag.key)
            json.field("value", tag.value)
            json.endObject()
        }
        json.endArray()
    }

    private static func survivesAsLabel(_ tag: Tag) -> Bool {
        !tag.key.isEmpty && tag.key != "aws" && !tag.key.utf8.contains(UInt8(ascii: ":"))
    }

    mutating func writeCloud(_ finding: OCSFFinding) {
        let account = finding.observation.account
        let type = Self.accountType(account.provider)
        json.key("cloud")
        json.beginObject()
        json.field("provider", account.provider.name)
        json.key("account")
        json.beginObject()
        json.field("uid", account.uid)
        optional("name", finding.account.name)
        json.field("type", type.name)
        json.field("type_id", type.id)
        json.endObject()
        if !finding.account.organization.isEmpty || !finding.account.organizationName.isEmpty {
            json.key("org")
            json.beginObject()
            optional("uid", finding.account.organization)
            optional("name", finding.account.organizationName)
            json.endObject()
        }
        if let region = finding.observation.regions.first { json.field("region", region) }
        json.endObject()
    }

    mutating func writeUnmapped(_ finding: OCSFFinding, check: OCSFCheckParts) {
        let observation = finding.observation
        json.key("unmapped")
        json.beginObject()
        for part in check.unmapped { add(part) }
        json.field("provider", observation.account.provider.name)
        json.field("provider_uid", observation.account.uid)
        optional("scan_id", finding.scan)
        json.key("martlet")
        json.beginObject()
        json.field("fingerprint", finding.fingerprint)
        if let since = observation.failingSince { json.field("failing_since", since.rfc3339) }
        if let reason = finding.mutedReason { json.field("muted_reason", reason) }
        for part in check.martlet { add(part) }
        json.endObject()
        json.endObject()
    }

    private func isContainer(_ observation: FindingObservation) -> Bool {
        observation.account.provider.name == "kubernetes"
    }

    /// The account's kind in OCSF's words.
    private static func accountType(_ provider: Provider) -> (id: Int, name: String) {
        switch provider.name {
        case "aws": (10, "AWS Account")
        case "gcp": (5, "GCP Account")
        case "azure": (6, "Azure AD Account")
        default: (99, "Other")
        }
    }
}

extension String {
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
