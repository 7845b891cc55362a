import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: findings, resources and what is counted of them")
struct FindingEndpointTests {
    @Test("filters give what a naive filter of the input gives", arguments: ServerStore.allCases)
    func filters(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let all = data.all
            let cases: [(String, (FindingObservation) -> Bool)] = [
                ("filter[status]=FAIL", { $0.status == .fail }),
                (
                    "filter[status__in]=PASS,MANUAL&filter[severity]=critical",
                    { $0.status != .fail && $0.severity == .critical }
                ),
                ("filter[check_id]=check_2", { $0.check.check == "check_2" }),
                ("filter[check_id__icontains]=CK_3", { $0.check.check == "check_3" }),
                ("filter[region]=region-1", { $0.regions == ["region-1"] }),
                ("filter[service__in]=service1", { $0.check.service == "service1" }),
                ("filter[resource_type]=Type3", { $0.resource.type == "Type3" }),
                ("filter[resource_uid]=uid:4", { $0.resource.uid == "uid:4" }),
                ("filter[category]=internet-exposed", { $0.check.check == "check_0" }),
                ("filter[provider_type]=azure", { $0.account.provider.name == "azure" }),
                (
                    "filter[provider_uid__icontains]=1111&filter[status]=FAIL",
                    { $0.account.provider.name == "aws" && $0.status == .fail }
                ),
                ("filter[tag]=team=t1", { $0.resource.tags.contains(Tag(key: "team", value: "t1")) }),
                ("filter[delta]=new", { _ in true }), ("filter[delta]=changed", { _ in false }),
                ("filter[search]=detail 7", { $0.detail.contains("detail 7") }),
            ]
            for (query, matches) in cases {
                let answer = try await data.api.ask(.get, "/findings?page[size]=1000&" + query.escaped)
                let tags = query.contains("tag")
                // A resource's tags are those of all its statements together.
                let expected = all.filter { finding in
                    tags
                        ? all.contains {
                            $0.resource.uid == finding.resource.uid && $0.account == finding.account && matches($0)
                        }
                        : matches(finding)
                }
                #expect(answer.status == 200, "\(query): \(answer.text)")
                #expect(answer.all("status_extended").sorted() == expected.map(\.detail).sorted(), "\(query)")
            }
        }
    }

    @Test("pages by cursor and by number are the whole list, in every order", arguments: ServerStore.allCases)
    func pages(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let whole = try await data.api.ask(.get, "/findings?page[size]=1000").ids
            #expect(whole.count == 85 && Set(whole).count == 85)
            for sort in ["", "&sort=severity", "&sort=-status,severity"] {
                let sorted = try await data.api.ask(.get, "/findings?page[size]=1000" + sort).ids
                #expect(Set(sorted) == Set(whole))
                var seen: [String] = []
                var next: String? = "/findings?page[size]=7&page[after]=" + sort
                while let path = next {
                    let answer = try await data.api.ask(.get, path)
                    #expect(answer.status == 200, "\(answer.text)")
                    seen += answer.ids
                    next = answer.next
                }
                #expect(seen == sorted, "cursor\(sort)")
            }
            for sort in ["", "&sort=check_id", "&sort=-check_id,severity", "&sort=updated_at"] {
                let sorted = try await data.api.ask(.get, "/findings?page[size]=1000" + sort).ids
                var seen: [String] = []
                for page in 1...9 {
                    seen += try await data.api.ask(.get, "/findings?page[size]=10&page[number]=\(page)" + sort).ids
                }
                #expect(seen == sorted, "number\(sort)")
            }
        }
    }

    @Test("a cursor of another list, and a changed one, are refused")
    func cursors() async throws {
        try await DataFixture.with { data in
            let first = try await data.api.ask(.get, "/findings?page[size]=7&page[after]=")
            let next = try #require(first.next)
            let other = try await data.api.ask(.get, next + "&filter%5Bstatus%5D=FAIL")
            #expect(other.status == 400)
            let changed = try await data.api.ask(.get, next.replacing("page%5Bafter%5D=3", with: "page%5Bafter%5D=4"))
            #expect(changed.status == 400, "\(next)")
        }
    }

    @Test("wrong filters, orders and ids are told with their place")
    func refusals() async throws {
        try await DataFixture.with { data in
            for (path, status) in [
                ("/findings?filter[colour]=red", 400), ("/findings?sort=colour", 400),
                ("/findings?include=colour", 400),
                ("/findings/nonsense", 400), ("/findings/00000000-0000-4000-8000-000000000000", 404),
                ("/resources/00000000-0000-4000-8000-000000000000", 404), ("/scans/nonsense", 400),
                ("/scans/00000000-0000-4000-8000-000000000000", 404), ("/tasks/zz", 400),
                ("/findings?filter[scan]=00000000-0000-4000-8000-000000000000", 404),
                ("/providers/00000000-0000-4000-8000-000000000000", 404),
                ("/overviews/resource-groups?sort=colour", 400),
                ("/compliance-overviews/requirements", 400),
                ("/compliance-overviews/requirements?filter[compliance_id]=none", 404),
            ] {
                let answer = try await data.api.ask(.get, path.escaped)
                #expect(answer.status == status, "\(path): \(answer.status) \(answer.text)")
                #expect(!answer.codes.isEmpty)
            }
        }
    }

    @Test("a caller who sees one account sees nothing of the other", arguments: ServerStore.allCases)
    func visibility(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let member = try await data.api.member("narrow", [], seesAll: false)
            for path in ["/findings", "/resources", "/scans", "/providers", "/finding-groups/latest"] {
                let answer = try await data.api.ask(.get, path + "?page[size]=1000", as: member)
                #expect(answer.status == 200 && answer.data == .array([]), "\(path): \(answer.text)")
            }
            let id = try #require(try await data.api.ask(.get, "/findings").ids.first)
            #expect(try await data.api.ask(.get, "/findings/\(id)", as: member).status == 404)
            let overview = try await data.api.ask(.get, "/overviews/findings", as: member)
            #expect(overview.attribute("total")?.intValue == 0)
        }
    }

    @Test("counts of overviews and groups are those of the input", arguments: ServerStore.allCases)
    func overviews(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let all = data.all
            let overview = try await data.api.ask(.get, "/overviews/findings")
            #expect(overview.attribute("total")?.intValue == Int64(all.count))
            #expect(overview.attribute("fail")?.intValue == Int64(all.filter { $0.status == .fail }.count))
            #expect(overview.attribute("new")?.intValue == Int64(all.count))
            let severities = try await data.api.ask(.get, "/overviews/findings_severity")
            #expect(
                severities.attribute("critical")?.intValue
                    == Int64(all.filter { $0.severity == .critical && $0.status != .manual }.count))
            let services = try await data.api.ask(.get, "/overviews/services")
            #expect(services.ids == ["service0", "service1"])
            let regions = try await data.api.ask(.get, "/overviews/regions?filter[provider_type]=azure")
            #expect(regions.ids == ["azure:region-0", "azure:region-1", "azure:region-2"])
            let groups = try await data.api.ask(.get, "/finding-groups/latest?sort=check_id")
            #expect(groups.ids == (0..<5).map { "check_\($0)" })
            for (place, group) in (groups.data.arrayValue ?? []).enumerated() {
                let mine = all.filter { $0.check.check == "check_\(place)" }
                #expect(group["attributes"]?["fail_count"]?.intValue == Int64(mine.filter { $0.status == .fail }.count))
                let resources = Set(mine.map { "\($0.account)\($0.resource.uid)" }).count
                #expect(group["attributes"]?["resources_total"]?.intValue == Int64(resources))
            }
            let members = try await data.api.ask(.get, "/finding-groups/latest/check_1/resources?page[size]=100")
            #expect(members.ids.count == all.filter { $0.check.check == "check_1" }.count)
            let categories = try await data.api.ask(.get, "/overviews/categories")
            #expect(categories.ids == ["internet-exposed"])
            let metadata = try await data.api.ask(.get, "/findings/metadata/latest?filter[status]=FAIL")
            #expect(metadata.attribute("regions")?.arrayValue?.count == 1)
            #expect(metadata.attribute("resource_types")?.arrayValue?.isEmpty == false)
        }
    }

    @Test("resources: filters, pages, one with its findings", arguments: ServerStore.allCases)
    func resources(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let whole = try await data.api.ask(.get, "/resources?page[size]=1000")
            #expect(whole.ids.count == 30 + 13)
            var seen: [String] = []
            var next: String? = "/resources?page[size]=4&page[after]="
            while let path = next {
                let answer = try await data.api.ask(.get, path)
                seen += answer.ids
                next = answer.next
            }
            #expect(seen == whole.ids)
            let one = try await data.api.ask(.get, "/resources?filter[uid]=uid:4&filter[provider_type]=aws".escaped)
            #expect(one.ids.count == 1)
            let id = try #require(one.ids.first)
            let detail = try await data.api.ask(.get, "/resources/\(id)?include=findings")
            let mine = data.all.filter { $0.resource.uid == "uid:4" && $0.account == data.first }
            #expect(detail.attribute("findings_count")?.intValue == Int64(mine.count))
            #expect(
                detail.attribute("failed_findings_count")?.intValue == Int64(mine.filter { $0.status == .fail }.count))
            #expect(detail.json["included"]?.arrayValue?.count == mine.count)
            let tagged = try await data.api.ask(.get, "/resources?page[size]=1000&filter[tag_key]=team")
            #expect(tagged.ids.count == 43)
        }
    }

}

extension Answer {
    /// The ids of a list.
    var ids: [String] { data.arrayValue?.compactMap { $0["id"]?.stringValue } ?? [] }
    /// The path of the next page.
    var next: String? {
        json["links"]?["next"]?.stringValue.map { String($0.dropFirst("http://test".count)) }
    }
}
