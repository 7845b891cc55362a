import MartletCore

extension GeneratedFinding {
    /// The finding as a JSON tree whose keys stand in the order Prowler writes them.
    func document(in scan: GeneratedScan) -> JSONValue {
        let time = JSONValue.int(scan.moment.epoch)
        let timeText = JSONValue.string(scan.moment.text)
        return .members([
            ("message", .string(detail)),
            ("metadata", metadata(in: scan)),
            ("severity_id", .int(Int64(check.severity.rawValue))),
            ("severity", .string(check.severity.name.prefix(1).uppercased() + check.severity.name.dropFirst())),
            ("status", .string(muted ? "Suppressed" : "New")),
            ("status_code", .string(statusCode)),
            ("status_detail", .string(detail)),
            ("status_id", .int(muted ? 3 : 1)),
            ("unmapped", unmapped(in: scan)),
            ("activity_name", .string("Create")),
            ("activity_id", .int(1)),
            ("finding_info", information(in: scan)),
            ("resources", .array(resources.map(\.document))),
            ("category_name", .string("Findings")),
            ("category_uid", .int(2)),
            ("class_name", .string("Detection Finding")),
            ("class_uid", .int(2004)),
            ("cloud", cloud(in: scan)),
            (
                "remediation",
                .members([("desc", .string(check.remediation)), ("references", .strings(check.references))])
            ),
            ("risk_details", .string(check.risk)),
            ("time", time),
            ("time_dt", timeText),
            ("type_uid", .int(200_401)),
            ("type_name", .string("Detection Finding: Create")),
        ])
    }

    private func metadata(in scan: GeneratedScan) -> JSONValue {
        .members([
            ("event_code", .string(check.id)),
            (
                "product",
                .members([
                    ("name", .string("Prowler")), ("uid", .string("prowler")), ("vendor_name", .string("Prowler")),
                    ("version", .string(GeneratedScan.productVersion)),
                ])
            ),
            ("profiles", .strings(["cloud", "datetime"])),
            ("tenant_uid", .string(scan.organization)),
            ("version", .string("1.5.0")),
        ])
    }

    private func unmapped(in scan: GeneratedScan) -> JSONValue {
        .members([
            ("related_url", .string("")),
            ("categories", .strings(check.categories)),
            ("depends_on", .array([])),
            ("related_to", .array([])),
            ("additional_urls", .strings(check.additionalURLs)),
            ("notes", .string(check.notes)),
            ("compliance", .members(check.compliance.map { ($0.framework, .strings($0.requirements)) })),
            ("scan_id", .string(scan.id)),
            ("provider_uid", .string(scan.account)),
            ("provider", .string("aws")),
        ])
    }

    private func information(in scan: GeneratedScan) -> JSONValue {
        let place = region.map { "\($0)-" } ?? ""
        var members: [(String, JSONValue)] = [
            (
                "analytic",
                .members([
                    ("category", .string(check.service)), ("name", .string(check.title)), ("type", .string("Rule")),
                    ("type_id", .int(1)), ("uid", .string(check.id)),
                ])
            ),
            ("created_time", .int(scan.moment.epoch)),
            ("created_time_dt", .string(scan.moment.text)),
            ("desc", .string(check.description)),
            ("title", .string(check.title)),
            ("types", .strings(check.types)),
            ("uid", .string("prowler-aws-\(check.id)-\(scan.account)-\(place)\(uidSuffix)")),
        ]
        if !check.attacks.isEmpty {
            members.append(("attacks", .array(check.attacks.map(\.document))))
        }
        return .members(members)
    }

    private func cloud(in scan: GeneratedScan) -> JSONValue {
        var members: [(String, JSONValue)] = [
            (
                "account",
                .members([
                    ("name", .string(scan.accountName)), ("type", .string("AWS Account")), ("type_id", .int(10)),
                    ("uid", .string(scan.account)), ("labels", .array([])),
                ])
            ),
            ("org", .members([("name", .string(scan.organization)), ("uid", .string(scan.organization))])),
            ("provider", .string("aws")),
        ]
        if let region { members.append(("region", .string(region))) }
        return .members(members)
    }
}

extension GeneratedResource {
    fileprivate var document: JSONValue {
        var members: [(String, JSONValue)] = [("cloud_partition", .string("aws"))]
        switch region {
        case .none: break
        case .one(let name): members.append(("region", .string(name)))
        case .several(let names): members.append(("region", .strings(names)))
        }
        members += [
            ("data", .members([("details", .string("")), ("metadata", .object(metadata))])),
            ("group", .members([("name", .string(service))])),
            ("labels", .strings(tags.map { "\($0.key):\($0.value)" })),
            ("name", .string(name)),
            ("type", .string(type)),
            ("uid", .string(uid)),
        ]
        return .members(members)
    }
}

extension GeneratedCheck.Attack {
    fileprivate var document: JSONValue {
        .members([
            ("tactic", .members([("name", .string(tactic))])),
            ("technique", .members([("name", .string(technique)), ("uid", .string(id))])),
        ])
    }
}
