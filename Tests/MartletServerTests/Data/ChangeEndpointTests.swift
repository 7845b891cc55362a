import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: what changes accounts, scans and mutes")
struct ChangeEndpointTests {
    @Test("an account: made once, renamed, removed", arguments: ServerStore.allCases)
    func accounts(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let document = APIFixture.document(
                "providers",
                [("provider", .string("aws")), ("uid", .string("999988887777")), ("alias", .string("prod"))])
            let made = try await api.ask(.post, "/providers", document)
            #expect(made.status == 201 && made.attribute("alias")?.stringValue == "prod")
            let again = try await api.ask(.post, "/providers", document)
            #expect(again.status == 409 && again.pointers == ["/data/attributes/uid"])
            let wrong = try await api.ask(
                .post, "/providers",
                APIFixture.document("providers", [("provider", .string("aws")), ("uid", .string("nine"))]))
            #expect(wrong.status == 400)
            let renamed = try await api.ask(
                .patch, "/providers/\(made.id)",
                APIFixture.document("providers", id: made.id, [("alias", .string("test"))]))
            #expect(renamed.attribute("alias")?.stringValue == "test")
            #expect(try await api.ask(.get, "/providers?filter%5Balias%5D=test").ids == [made.id])
            #expect(try await api.ask(.delete, "/providers/\(made.id)").status == 202)
            #expect(try await api.ask(.get, "/providers/\(made.id)").status == 404)
        }
    }

    @Test("a scan: refused before it is queued, else 202 with where to look; renamed, cancelled, repeated")
    func scans() async throws {
        try await DataFixture.with { data in
            let api = data.api
            func document(_ provider: String, _ attributes: [(String, JSONValue)] = []) -> JSONValue {
                APIFixture.document(
                    "scans", attributes,
                    [("provider", .object([.init("type", .string("providers")), .init("id", .string(provider))]))])
            }
            let id = data.first.identifier
            #expect(try await api.ask(.post, "/scans", document(id)).status == 422)
            let unknown = "00000000-0000-4000-8000-000000000000"
            #expect(try await api.ask(.post, "/scans", document(unknown)).status == 404)
            #expect(
                try await api.ask(.post, "/scans", document(id, [("source", .string("file:/etc/passwd"))])).status
                    == 422)
            #expect(
                try await api.ask(.post, "/scans", document(id, [("source", .string("external:none"))])).status == 404)
            let command = ExternalCommand(arguments: ["/bin/true"])
            try await ExternalSources(store: api.store).add(
                ExternalSource(name: "aws", command: command, output: .standardOutput))
            let made = try await api.ask(.post, "/scans", document(id, [("name", .string("by hand"))]))
            #expect(made.status == 202 && made.attribute("state")?.stringValue == "available", "\(made.text)")
            #expect(made.headers["Location"] == "/api/v1/scans/\(made.id)")
            #expect(made.headers["Content-Location"] == "/api/v1/tasks/\(made.id)")
            let scan = try await api.ask(.get, "/scans/\(made.id)")
            #expect(scan.attribute("name")?.stringValue == "by hand")
            #expect(scan.attribute("queue_position")?.intValue == 1)
            #expect(try await api.ask(.post, "/scans/\(made.id)/cancel").status == 202)
            #expect(try await api.ask(.get, "/scans/\(made.id)").attribute("state")?.stringValue == "cancelled")
            #expect(try await api.ask(.post, "/scans/\(made.id)/retry").status == 202)
            #expect(try await api.ask(.get, "/tasks/\(made.id)").attribute("state")?.stringValue == "available")
            let shield = try await api.ask(.get, "/api/scans/\(made.id)")
            #expect(shield.json["status"]?.stringValue == "pending")
            #expect(try await api.ask(.get, "/api/scans/nonsense").status == 400)
        }
    }

    @Test("a mute of one finding mutes that one, and no other", arguments: ServerStore.allCases)
    func mutes(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let failed = try await data.api.ask(.get, "/findings?filter%5Bstatus%5D=FAIL&page%5Bsize%5D=1000").ids
            let id = try #require(failed.first)
            let made = try await data.api.ask(
                .post, "/mute-rules",
                APIFixture.document(
                    "mute-rules",
                    [
                        ("name", .string("accepted")), ("reason", .string("known and accepted")),
                        ("finding_ids", .array([.string(id)])),
                    ]))
            #expect(made.status == 201, "\(made.text)")
            let muted = "/findings?filter%5Bmuted%5D=true"
            #expect(try await data.api.ask(.get, muted).ids == [id])
            let overview = try await data.api.ask(.get, "/overviews/findings")
            #expect(overview.attribute("muted")?.intValue == 1)
            #expect(overview.attribute("fail")?.intValue == Int64(failed.count - 1))
            let off = try await data.api.ask(
                .patch, "/mute-rules/\(made.id)",
                APIFixture.document("mute-rules", id: made.id, [("enabled", .bool(false))]))
            #expect(off.attribute("enabled")?.boolValue == false, "\(off.text)")
            #expect(try await data.api.ask(.get, muted).ids == [])
            #expect(try await data.api.ask(.delete, "/mute-rules/\(made.id)").status == 204)
        }
    }

    @Test("the score without a scan is null, with one what the findings leave")
    func score() async throws {
        try await APIFixture.with { api in
            let answer = try await api.ask(.get, "/api/score")
            #expect(answer.json == .null)
        }
        try await DataFixture.with { data in
            let whole = try await data.api.ask(.get, "/overviews/security-score")
            let score = try #require(whole.attribute("score")?.doubleValue)
            #expect(try await data.api.ask(.get, "/api/score").json == .int(Int64(score)))
            let mine = try await data.api.ask(.get, "/api/score?subscription_id=\(data.first.uid)")
            let scans = try await data.api.ask(.get, "/api/scans?subscription_id=\(data.first.uid)")
            #expect(scans.json[0]?["score"] == mine.json && mine.json != .null)
            let failed = data.findings(of: data.first, count: 60).filter { $0.status == .fail }.count
            #expect(scans.json[0]?["total_findings"]?.intValue == Int64(failed))
        }
    }
}
