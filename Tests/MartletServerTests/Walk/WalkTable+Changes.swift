import MartletCore
import MartletHTTPServer
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Calls that change something where the walk's own, for want of something to change or of the right caller, do not.
/// Values may have a `token` to ask with and an `invitation` for the query.
extension WalkTable {
    private static func mutelist(_ check: String) -> JSONValue {
        .object([
            .init(
                "Mutelist",
                .object([
                    .init(
                        "Accounts",
                        .object([
                            .init("*", .object([.init("Checks", .object([.init(check, resources)]))]))
                        ]))
                ]))
        ])
    }

    private static let resources = JSONValue.object([
        .init("Regions", .array([.string("*")])), .init("Resources", .array([.string("*")])),
    ])

    /// The id of the mutelist, which is made where there is none.
    private static let processor: @Sendable (WalkPlace) async throws -> String = { place in
        let list = try await place.api.ask(.get, "/processors")
        if let id = list.data[0]?["id"]?.stringValue { return id }
        return try await place.make(
            "/processors",
            APIFixture.document(
                "processors",
                [("processor_type", .string("mutelist")), ("configuration", mutelist("canary"))]))
    }

    static let changes: [String: WalkCall] = [
        "users_create": WalkCall(
            values: { place in
                let email = "\(WalkPlace.canary)-\(UUIDText.random())@example.com"
                let made = try await place.api.ask(
                    .post, "/tenants/invitations",
                    APIFixture.document(
                        "invitations", [("email", .string(email))],
                        [("roles", APIFixture.identifiers("roles", [try await place.role()]))]))
                return ["email": email, "invitation": try #require(made.attribute("token")?.stringValue)]
            },
            body: { place, values in
                APIFixture.document(
                    "users",
                    [
                        ("name", .string(place.name())), ("email", .string(values["email"] ?? "")),
                        ("password", .string(APIFixture.password)),
                    ])
            }),
        // Of one who is nobody here yet.
        "invitations_accept_create": WalkCall(
            values: { place in
                let made = try await place.api.ask(
                    .post, "/tenants/invitations",
                    APIFixture.document(
                        "invitations", [("email", .string(place.stranger.user.email))],
                        [("roles", APIFixture.identifiers("roles", [try await place.role()]))]))
                return [
                    "accepted": try #require(made.attribute("token")?.stringValue),
                    "token": try await place.strangerSession(),
                ]
            },
            body: { _, values in
                APIFixture.document("invitations", [("invitation_token", .string(values["accepted"] ?? ""))])
            }),
        "users_destroy": WalkCall(values: { place in
            let person = try await place.api.member("\(WalkPlace.canary)-\(UUIDText.random())")
            return ["id": person.user.id, "token": person.access]
        }),
        "processors_create": WalkCall(
            values: { place in
                _ = try await place.api.ask(.delete, "/processors/\(processor(place))")
                return [:]
            },
            body: { _, _ in
                APIFixture.document(
                    "processors",
                    [("processor_type", .string("mutelist")), ("configuration", mutelist("canary"))])
            }),
        "processors_partial_update": WalkCall(
            values: { ["id": try await processor($0)] },
            body: { _, values in
                APIFixture.document(
                    "processors", id: values["id"],
                    [("configuration", mutelist("canary_\(UUIDText.random().prefix(8))"))])
            }),
        "processors_destroy": WalkCall(values: { ["id": try await processor($0)] }),
        "openshield_scans_trigger": WalkCall(
            values: { place in
                try await place.source()
                let uid = number()
                _ = try await place.make(
                    "/providers",
                    APIFixture.document("providers", [("provider", .string("aws")), ("uid", .string(uid))]))
                return ["uid": uid]
            },
            body: { _, values in .object([.init("subscription_id", .string(values["uid"] ?? ""))]) }),
    ]

    /// An upload with the boundary of the walk.
    static let upload = Array(
        [
            "--walk", "Content-Disposition: form-data; name=\"file\"; filename=\"canary.json\"", "", "[]", "--walk--",
            "",
        ].joined(separator: "\r\n").utf8)
}
