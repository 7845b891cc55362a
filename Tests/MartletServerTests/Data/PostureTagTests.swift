import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: entity tags of what is made from postures")
struct PostureTagTests {
    private static let lists = ["/findings", "/resources", "/overviews/findings", "/compliance-overviews"]

    /// A GET with a tag, and the answer's own.
    private func get(
        _ data: DataFixture, _ path: String, _ tag: String? = nil, accept: String = JSONAPI.mediaType,
        as person: APIFixture.Person? = nil
    ) async throws -> (status: Int, tag: String?, text: String) {
        var headers: HTTPHeaders = ["Accept": accept]
        if let tag { headers["If-None-Match"] = tag }
        let answer = try await data.api.ask(
            .get, path, showing: .token((person ?? data.api.owner).access), headers: headers)
        return (answer.status, answer.headers["ETag"], answer.text)
    }

    private func tags(_ data: DataFixture) async throws -> [(path: String, tag: String)] {
        var tags: [(path: String, tag: String)] = []
        for path in Self.lists {
            let answer = try await get(data, path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            tags.append((path, try #require(answer.tag, "\(path)")))
        }
        return tags
    }

    @Test("they hold until something is published, muted or asked of frameworks", arguments: ServerStore.allCases)
    func changes(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let administration = Administration(store: data.api.store)
            let framework = #"""
                {"Framework":"T","Name":"t","Provider":"aws","Version":"1","Description":"","Requirements":
                [{"Id":"1","Description":"d","Attributes":[],"Checks":["check_0"]}]}
                """#
            let changes: [(String, () async throws -> Void)] = [
                (
                    "a publish",
                    { try await data.scan(data.findings(of: data.first, count: 60, failing: 4), at: 1_800_000_200_000) }
                ),
                (
                    "a mute",
                    {
                        var rule = MuteRule(id: "m", reason: "r")
                        rule.checks = ["check_1"]
                        try await administration.addMute(rule)
                    }
                ), ("a mute that goes", { try await administration.removeMute("m") }),
                (
                    "a framework",
                    { try await administration.addFrameworks([("t_1_aws.json", Array(framework.utf8))]) }
                ), ("a framework that goes", { try await administration.removeFramework("t_1_aws") }),
            ]
            var known = try await tags(data)
            for (what, change) in changes {
                for (path, tag) in known {
                    let same = try await get(data, path, tag)
                    #expect(same.status == 304 && same.text.isEmpty && same.tag == tag, "before \(what): \(path)")
                }
                try await change()
                for (path, tag) in known {
                    let answer = try await get(data, path, tag)
                    #expect(answer.status == 200 && answer.tag != tag && !answer.text.isEmpty, "\(what): \(path)")
                }
                known = try await tags(data)
            }
        }
    }

    @Test("another query, representation or caller has another", arguments: ServerStore.allCases)
    func requests(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let path = "/findings?filter%5Bstatus%5D=FAIL"
            let tag = try #require(try await get(data, path).tag)
            for other in ["", "?filter%5Bstatus%5D=PASS", "?filter%5Bstatus%5D=FAIL&page%5Bsize%5D=1"] {
                #expect(try await get(data, "/findings" + other, tag).status == 200, "\(other)")
            }
            #expect(try await get(data, "/findings/latest?filter%5Bstatus%5D=FAIL", tag).status == 200)
            for accept in [FindingExport.ndjson, FindingExport.csv, FindingExport.ocsf] {
                #expect(try await get(data, path, tag, accept: accept).status == 200, "\(accept)")
                let own = try #require(try await get(data, path, accept: accept).tag)
                #expect(try await get(data, path, own, accept: accept).status == 304, "\(accept)")
                #expect(try await get(data, path, own).status == 200, "\(accept)")
            }
            let all = try await data.api.member("all")
            #expect(try await get(data, path, tag, as: all).status == 304, "who sees the same")
            let narrow = try await data.api.member("narrow", [], seesAll: false)
            let none = try await get(data, path, tag, as: narrow)
            #expect(none.status == 200 && none.text.contains("\"data\":[]"), "\(none.text)")
            // What happens in accounts that a caller does not see is not told by their tag either.
            let hers = try #require(none.tag)
            try await data.scan(data.findings(of: data.first, count: 60, failing: 5), at: 1_800_000_300_000)
            #expect(try await get(data, path, hers, as: narrow).status == 304)
            #expect(try await get(data, path, tag).status == 200)
        }
    }

    @Test("a list by group or name of an account changes with them", arguments: ServerStore.allCases)
    func accounts(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let ids = [data.first, data.second].map(\.identifier)
            let group = try await data.api.ask(
                .post, "/provider-groups",
                APIFixture.document(
                    "provider-groups", [("name", .string("g"))],
                    [("providers", APIFixture.identifiers("providers", [ids[0]]))]))
            let grouped = "/findings?page%5Bsize%5D=1000&filter%5Bprovider_groups%5D=\(group.id)"
            let named = "/findings?filter%5Bprovider_alias%5D=mine"
            let before = try await get(data, grouped)
            let empty = try await get(data, named)
            #expect(try await get(data, grouped, before.tag).status == 304)
            let links = "/provider-groups/\(group.id)/relationships/providers"
            #expect(
                try await data.api.ask(.post, links, APIFixture.links("providers", [ids[1]])).status == 204)
            let after = try await get(data, grouped, before.tag)
            #expect(after.status == 200 && after.text.count > before.text.count)
            let renamed = try await data.api.ask(
                .patch, "/providers/\(ids[0])",
                APIFixture.document("providers", id: ids[0], [("alias", .string("mine"))]))
            #expect(renamed.status == 200, "\(renamed.text)")
            #expect(try await get(data, named, empty.tag).status == 200)
        }
    }

    @Test("a list that shows scans changes with their names", arguments: ServerStore.allCases)
    func included(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let path = "/findings?include=scan&page%5Bsize%5D=1000"
            let before = try await get(data, path)
            let scan = try #require(try await data.api.ask(.get, "/scans").ids.first)
            let renamed = try await data.api.ask(
                .patch, "/scans/\(scan)", APIFixture.document("scans", id: scan, [("name", .string("quarterly"))]))
            #expect(renamed.status == 200, "\(renamed.text)")
            let after = try await get(data, path, before.tag)
            #expect(after.status == 200 && after.text.contains("quarterly"))
        }
    }
}
