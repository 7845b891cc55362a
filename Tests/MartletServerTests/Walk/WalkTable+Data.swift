import MartletCore
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Endpoints of accounts, scans and schedules.
extension WalkTable {
    static let accounts: [String: WalkCall] = [
        "providers_create": WalkCall(body: { place, _ in
            APIFixture.document("providers", [("provider", .string("aws")), ("uid", .string(number()))])
        }),
        "providers_retrieve": WalkCall(values: { ["id": try await $0.account().id] }),
        "providers_partial_update": WalkCall(
            values: { ["id": try await $0.account().id] },
            body: { place, values in
                APIFixture.document("providers", id: values["id"], [("alias", .string(place.name()))])
            }),
        "providers_destroy": WalkCall(values: { ["id": try await $0.account().id] }),
        "providers_connection_create": WalkCall(values: { place in
            try await place.source()
            return ["id": try await place.account().id]
        }),
        "providers_secrets_create": WalkCall(body: { place, _ in
            secret(nil, [("provider", APIFixture.identifier("providers", try await place.account().id))])
        }),
        "providers_secrets_retrieve": WalkCall(values: { ["id": try await $0.secret()] }),
        "providers_secrets_partial_update": WalkCall(
            values: { ["id": try await $0.secret()] }, body: { _, values in secret(values["id"], []) }),
        "providers_secrets_destroy": WalkCall(values: { ["id": try await $0.secret()] }),
    ]

    static let scans: [String: WalkCall] = [
        "scans_create": WalkCall(body: { place, _ in
            try await place.source()
            return APIFixture.document(
                "scans", [("name", .string(place.name()))],
                [("provider", APIFixture.identifier("providers", try await place.account().id))])
        }),
        "scans_retrieve": WalkCall(values: { ["id": try await $0.scan()] }),
        "scans_events": WalkCall(values: { ["id": try await $0.scan()] }),
        "scans_partial_update": WalkCall(
            values: { ["id": try await $0.scan()] },
            body: { place, values in
                APIFixture.document("scans", id: values["id"], [("name", .string(place.name()))])
            }),
        "scans_cancel": WalkCall(values: { ["id": try await $0.scan()] }),
        "scans_retry": WalkCall(values: { place in
            let id = try await place.scan()
            _ = try await place.api.ask(.post, "/scans/\(id)/cancel")
            return ["id": id]
        }),
        "tasks_retrieve": WalkCall(values: { ["id": try await $0.scan()] }),
        "tasks_destroy": WalkCall(values: { ["id": try await $0.scan()] }),
    ]

    static let schedules: [String: WalkCall] = [
        "schedules_create": WalkCall(body: { try await schedule($0, $1) }),
        "schedules_daily_create": WalkCall(body: { place, _ in
            try await place.source()
            return APIFixture.document("daily-schedules", [("provider_id", .string(try await place.account().id))])
        }),
        "schedules_retrieve": WalkCall(values: { ["id": try await $0.schedule()] }),
        "schedules_partial_update": WalkCall(
            values: { ["id": try await $0.schedule()] },
            body: { _, values in APIFixture.document("schedules", id: values["id"], [("paused", .bool(true))]) }),
        "schedules_destroy": WalkCall(values: { ["id": try await $0.schedule()] }),
    ]

    /// Twelve digits that no account has yet.
    static func number() -> String {
        let digits = String(UInt64.random(in: 0..<1_000_000_000_000))
        return String(repeating: "0", count: 12 - digits.utf8.count) + digits
    }

    static func secret(_ id: String?, _ links: [(String, JSONValue)]) -> JSONValue {
        APIFixture.document(
            "provider-secrets", id: id,
            [
                ("secret_type", .string("static")), ("name", .string(WalkPlace.canary)),
                ("secret", .object([.init("AWS_ACCESS_KEY_ID", .string("x"))])),
            ], links)
    }

    static func schedule(_ place: WalkPlace, _ values: [String: String]) async throws -> JSONValue {
        try await place.source()
        return APIFixture.document(
            "schedules", [("name", .string(place.name())), ("cron", .string("0 3 * * *"))],
            [("provider", APIFixture.identifier("providers", try await place.account().id))])
    }
}

extension WalkPlace {
    /// The one source that scans here; nothing ever runs it.
    func source() async throws {
        let source = ExternalSource(
            name: "aws", command: ExternalCommand(arguments: ["/bin/true"]), output: try ExternalOutputPlace("stdout"))
        try await ExternalSources(store: api.store).add(source, replacing: true)
    }

    func scan() async throws -> String {
        try await source()
        let document = APIFixture.document(
            "scans", [("name", .string(name()))],
            [("provider", APIFixture.identifier("providers", try await account().id))])
        let answer = try await api.ask(.post, "/scans", document)
        #expect(answer.status == 202, "\(answer.text)")
        return answer.id
    }

    func secret() async throws -> String {
        try await make(
            "/providers/secrets",
            WalkTable.secret(nil, [("provider", APIFixture.identifier("providers", try await account().id))]))
    }

    func schedule() async throws -> String {
        try await make("/schedules", try await WalkTable.schedule(self, [:]))
    }
}

extension APIFixture {
    /// One identifier.
    static func identifier(_ type: String, _ id: String) -> JSONValue {
        .object([.init("type", .string(type)), .init("id", .string(id))])
    }
}
