import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: tags of what depends on checks and days")
struct CheckTagTests {
    /// What a GET of the owner's has in hand when its tag is made.
    private static func context(_ path: String, query: String = "", _ api: APIFixture) async throws -> RequestContext {
        let endpoint = try #require(EndpointTable.all.first { $0.path.description == path && $0.method == .get })
        let target = try HTTPTarget(path + query)
        let caller = try await api.services.authenticator.authenticate(
            .bearer(api.owner.access), from: "192.0.2.1")
        return RequestContext(
            request: HTTPRequest(
                method: .get, target: target, headers: [:], remoteAddress: "192.0.2.1", body: HTTPBody([])),
            endpoint: endpoint, query: try JSONAPIQueryParser(endpoint.query).parse(target.query), requestID: "r",
            trace: .new(), origin: "http://test", services: api.services, caller: caller)
    }

    @Test("a range that ends today has another tag tomorrow, and the same all day; a given one stays")
    func days() async throws {
        try await APIFixture.with { api in
            let path = "/api/v1/overviews/findings_severity/timeseries"
            let context = try await Self.context(path, api)
            let hour: Int64 = 3_600_000
            func tag(hours: Int64) async throws -> EntityTag {
                try await PostureTag.tag(context) { _ in Timestamp(milliseconds: (20_000 * 24 + hours) * hour) }
            }
            #expect(try await tag(hours: 0) == tag(hours: 23))
            #expect(try await tag(hours: 23) != tag(hours: 24))
            // The endpoint's own is the one of the database's day, whichever side of midnight this runs at.
            let before = try await PostureTag.tag(context) { try $0.now() }
            let own = try #require(try await context.endpoint.validator?(context))
            let after = try await PostureTag.tag(context) { try $0.now() }
            #expect(own == before || own == after)
            #expect(try await own != PostureTag.tag(context))

            let given = try await Self.context(path, query: "?filter%5Bdate_to%5D=2026-11-20", api)
            #expect(try await given.endpoint.validator?(given) == PostureTag.tag(given))
        }
    }

    @Test("checks and parameters change the tags of what is told of checks", arguments: ServerStore.allCases)
    func checks(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let token = APIFixture.Shown.token(api.owner.access)
            for path in ["/priorities", "/overviews/categories"] {
                var tag = try #require(try await api.ask(.get, path).headers["ETag"])
                #expect(try await api.ask(.get, path, showing: token, headers: ["If-None-Match": tag]).status == 304)
                func expectChange(_ what: String) async throws {
                    let answer = try await api.ask(.get, path, showing: token, headers: ["If-None-Match": tag])
                    #expect(answer.status == 200, "\(path) after \(what)")
                    tag = answer.headers["ETag"] ?? ""
                }
                let id = WalkTable.ownCheckID()
                _ = try await api.ask(.post, "/checks", WalkTable.ownCheck(id))
                try await expectChange("a new check")
                _ = try await api.ask(
                    .patch, "/checks/\(id)",
                    APIFixture.document(
                        "checks", id: id, [("parameters", .object([.init("prefix", .string("ab"))]))]))
                try await expectChange("a parameter")
                _ = try await api.ask(.delete, "/checks/\(id)")
                try await expectChange("a removal")
                // A text that another account's scan brought may give a check a category.
                let account = AccountKey(provider: try #require(Provider(name: "aws")), uid: UUIDText.random())
                let before = try await api.store.read { try $0.checkStamp() }
                let observation = FindingObservation(
                    account: account, check: CheckMetadata(check: id, service: "s", title: "t", document: "{}"),
                    regions: ["r"], resource: ResourceObservation(uid: "u"), discriminator: "", status: .fail,
                    severity: .high, muted: false, detail: "", observedAt: Timestamp(milliseconds: 1_800_000_000_000))
                _ = try await Importer(store: api.store).run(
                    source: ListedSource([observation]), origin: "test", options: ImportOptions())
                #expect(try await api.store.read { try $0.checkStamp() } != before)
                try await expectChange("a scan")
            }
        }
    }
}
