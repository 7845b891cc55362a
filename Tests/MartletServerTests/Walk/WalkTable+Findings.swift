import MartletCore
import Testing

@testable import MartletEngine
@testable import MartletServer
@testable import MartletStore

/// Endpoints of findings, what is counted of them, mutes and uploads.
extension WalkTable {
    private static let frameworkDocument = JSONValue.object([
        .init("Framework", .string("CANARY")), .init("Name", .string("canary")), .init("Provider", .string("aws")),
        .init("Version", .string("1")), .init("Description", .string("")),
        .init(
            "Requirements",
            .array([
                .object([
                    .init("Id", .string("1")), .init("Description", .string("canary")), .init("Attributes", .array([])),
                    .init("Checks", .array([.string("check_0")])),
                ])
            ])),
    ])

    /// A finding, its resource and its scan.
    private static let taken: @Sendable (WalkPlace) async throws -> (finding: String, resource: String, scan: String) =
        {
            place in
            let key = AccountKey(provider: try #require(Provider(name: "aws")), uid: place.name())
            let observation = FindingObservation(
                account: key, check: CheckMetadata(check: "check_0", service: "s", title: "canary", document: "{}"),
                regions: ["r"], resource: ResourceObservation(uid: "canary"), discriminator: "", status: .fail,
                severity: .high, muted: false, detail: "canary", observedAt: Timestamp(milliseconds: 1_800_000_000_000))
            let reports = try await Importer(store: place.api.store).run(
                source: ListedSource([observation]), origin: "canary", options: ImportOptions())
            let scan = try #require(reports.first?.scan.id)
            let row = try await place.api.store.read {
                try $0.findingPage(FindingFilter(), order: FindingOrder(), at: scan, limit: 1).rows.first
            }
            let finding = try #require(row)
            return (finding.identifier, finding.resourceNumber.identifier, scan)
        }

    private static let framework: @Sendable (WalkPlace) async throws -> String = { place in
        let name = "canary_\(UUIDText.random().prefix(8))_aws"
        return try await place.make(
            "/frameworks",
            APIFixture.document("frameworks", [("id", .string(name)), ("document", frameworkDocument)]))
    }

    private static let mute: @Sendable (WalkPlace) async throws -> String = { place in
        try await place.make(
            "/mute-rules",
            APIFixture.document(
                "mute-rules",
                [
                    ("name", .string(place.name())), ("reason", .string("canary reason")),
                    ("conditions", .object([.init("checks", .array([.string("none")]))])),
                ]))
    }

    static let findings: [String: WalkCall] = [
        "scans_report_retrieve": WalkCall(values: { ["id": try await taken($0).scan] }),
        "scans_compliance_retrieve": WalkCall(
            values: { ["id": try await taken($0).scan, "name": "none"] }, expected: [404]),
        "findings_retrieve": WalkCall(values: { ["id": try await taken($0).finding] }),
        "findings_remediation_retrieve": WalkCall(values: { ["id": try await taken($0).finding] }),
        "resources_retrieve": WalkCall(values: { ["id": try await taken($0).resource] }),
        "compliance_overviews_requirements_retrieve": WalkCall(query: { place in
            "?filter%5Bcompliance_id%5D=\(try await framework(place))"
        }),
        "compliance_overviews_attributes_retrieve": WalkCall(query: { place in
            "?filter%5Bcompliance_id%5D=\(try await framework(place))"
        }),
        "overviews_resource_groups_retrieve": WalkCall(),
        "finding_groups_resources_retrieve": WalkCall(values: { place in
            _ = try await taken(place)
            return ["id": "check_0"]
        }),
        "finding_groups_latest_resources_retrieve": WalkCall(values: { place in
            _ = try await taken(place)
            return ["check_id": "check_0"]
        }),
        "mute_rules_create": WalkCall(body: { place, _ in
            APIFixture.document(
                "mute-rules",
                [
                    ("name", .string(place.name())), ("reason", .string("canary reason")),
                    ("conditions", .object([.init("checks", .array([.string("none")]))])),
                ])
        }),
        "mute_rules_retrieve": WalkCall(values: { ["id": try await mute($0)] }),
        "mute_rules_partial_update": WalkCall(
            values: { ["id": try await mute($0)] },
            body: { _, values in APIFixture.document("mute-rules", id: values["id"], [("enabled", .bool(false))]) }),
        "mute_rules_destroy": WalkCall(values: { ["id": try await mute($0)] }),
        "processors_create": WalkCall(
            body: { _, _ in
                APIFixture.document(
                    "processors",
                    [
                        ("processor_type", .string("mutelist")),
                        (
                            "configuration",
                            try JSONValue.parse(
                                #"{"Mutelist":{"Accounts":{"*":{"Checks":{"canary":{"Regions":["*"],"Resources":["*"]}}}}}}"#
                            )
                        ),
                    ])
            }, expected: [201, 202, 409]),
        "processors_retrieve": WalkCall(values: { _ in ["id": UUIDText.random()] }, expected: [404]),
        "processors_partial_update": WalkCall(
            values: { _ in ["id": UUIDText.random()] },
            body: { _, values in
                APIFixture.document("processors", id: values["id"], [("configuration", .object([]))])
            }, expected: [404]),
        "processors_destroy": WalkCall(values: { _ in ["id": UUIDText.random()] }, expected: [404]),
        "frameworks_create": WalkCall(body: { _, _ in
            APIFixture.document(
                "frameworks",
                [("id", .string("canary_\(UUIDText.random().prefix(8))_aws")), ("document", frameworkDocument)])
        }),
        "frameworks_retrieve": WalkCall(values: { ["id": try await framework($0)] }),
        "frameworks_destroy": WalkCall(values: { ["id": try await framework($0)] }),
        "retention_partial_update": WalkCall(body: { _, _ in
            APIFixture.document("retention", id: "retention", [("keep_scans", .int(1000))])
        }),
        // A body of the walk is JSON.
        "ingestions_create": WalkCall(body: { _, _ in .object([]) }, expected: [400]),
        "ingestions_retrieve": WalkCall(values: { _ in ["id": UUIDText.random()] }, expected: [404]),
        "openshield_scans_trigger": WalkCall(
            body: { _, _ in .object([.init("subscription_id", .string("none"))]) }, expected: [404]),
        "openshield_scans_retrieve": WalkCall(values: { ["id": try await $0.scan()] }),
        "openshield_compliance": WalkCall(values: { ["framework": try await framework($0)] }),
    ]
}
