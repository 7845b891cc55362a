import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: groups of resources, scores, includes and orders")
struct ShapeEndpointTests {
    /// Checks that are known, with the group of what they look at, and one that is not.
    private static let checks: [(check: String, group: String?)] = [
        ("s3_bucket_default_encryption", "storage"), ("ec2_networkacl_unused", "network"),
        ("iam_root_mfa_enabled", "IAM"), ("house_rule", nil),
    ]

    private func findings(_ data: DataFixture, failing: Int) -> [FindingObservation] {
        (0..<24).map { number in
            let check = Self.checks[number % 4].check
            return FindingObservation(
                account: data.first,
                check: CheckMetadata(check: check, service: "s", title: "Title of \(check)", document: "{}"),
                regions: ["r"], resource: ResourceObservation(uid: "r\(number / 3)", name: "n\(number / 3)"),
                discriminator: "", status: number < failing ? .fail : .pass, severity: .high, muted: false,
                detail: "d\(number)", observedAt: Timestamp(milliseconds: 1_900_000_000_000 - Int64(failing)))
        }
    }

    @Test("findings by the group of resources, in every place", arguments: ServerStore.allCases)
    func groups(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let data = DataFixture(
                api: api, first: AccountKey(provider: try #require(Provider(name: "aws")), uid: "111122223333"),
                second: AccountKey(provider: try #require(Provider(name: "gcp")), uid: "p"))
            let all = findings(data, failing: 9)
            try await data.scan(all, at: 0)
            func group(_ finding: FindingObservation) -> String? {
                Self.checks.first { $0.check == finding.check.check }?.group
            }
            for wanted in [["storage"], ["network", "IAM"], ["database"]] {
                let expected = all.filter { group($0).map(wanted.contains) ?? false }
                let query = ("filter[resource_groups__in]=" + wanted.joined(separator: ",")).escaped
                let found = try await api.ask(.get, "/findings?page%5Bsize%5D=100&" + query)
                #expect(found.all("status_extended").sorted() == expected.map(\.detail).sorted(), "\(found.text)")
                #expect(Set(found.all("resource_groups")) == Set(expected.compactMap(group)))
                let checks = try await api.ask(.get, "/finding-groups?" + query)
                #expect(Set(checks.ids) == Set(expected.map(\.check.check)), "\(checks.text)")
            }
            #expect(try await api.ask(.get, "/findings?filter[resource_groups]=shoes".escaped).status == 400)
            let metadata = try await api.ask(.get, "/findings/metadata")
            #expect(metadata.attribute("groups") == .array(["IAM", "network", "storage"].map(JSONValue.string)))
            let overview = try await api.ask(.get, "/overviews/resource-groups?sort=-failed_findings,id")
            let rows = overview.data.arrayValue ?? []
            #expect(Set(overview.ids) == ["storage", "network", "IAM"])
            for row in rows {
                let mine = all.filter { group($0) == row["id"]?.stringValue }
                let attributes = row["attributes"]
                #expect(attributes?["total_findings"]?.intValue == Int64(mine.count))
                #expect(attributes?["failed_findings"]?.intValue == Int64(mine.filter { $0.status == .fail }.count))
                #expect(attributes?["resources_count"]?.intValue == Int64(Set(mine.map(\.resource.uid)).count))
            }
            let failed = rows.compactMap { $0["attributes"]?["failed_findings"]?.intValue }
            #expect(failed == failed.sorted(by: >))
        }
    }

    @Test("finding groups by what only findings tell", arguments: ServerStore.allCases)
    func listedGroups(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            for (query, matches) in [
                ("filter[resource_uid]=uid:4", { $0.resource.uid == "uid:4" }),
                ("filter[resource_name__icontains]=NAME 1", { $0.resource.name.hasPrefix("name 1") }),
                ("filter[updated_at__lte]=2000-01-01", { _ in false }),
                ("filter[updated_at__gte]=2000-01-01", { _ in true }),
            ] as [(String, (FindingObservation) -> Bool)] {
                let answer = try await data.api.ask(.get, ("/finding-groups?" + query).escaped)
                let mine = data.all.filter(matches)
                #expect(Set(answer.ids) == Set(mine.map(\.check.check)), "\(query): \(answer.text)")
                for group in answer.data.arrayValue ?? [] {
                    let members = mine.filter { $0.check.check == group["id"]?.stringValue }
                    let attributes = group["attributes"]
                    #expect(attributes?["fail_count"]?.intValue == Int64(members.filter { $0.status == .fail }.count))
                    let resources = Set(members.map { "\($0.account)\($0.resource.uid)" }).count
                    #expect(attributes?["resources_total"]?.intValue == Int64(resources))
                }
                let listed = try await data.api.ask(.get, ("/findings?page[size]=1000&" + query).escaped)
                #expect(listed.all("status_extended").sorted() == mine.map(\.detail).sorted(), "\(query)")
            }
        }
    }

    @Test("a score tells its difference to the scan before, and is found by its id", arguments: ServerStore.allCases)
    func scores(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let data = DataFixture(
                api: api, first: AccountKey(provider: try #require(Provider(name: "aws")), uid: "111122223333"),
                second: AccountKey(provider: try #require(Provider(name: "gcp")), uid: "p"))
            let framework = """
                {"Framework":"S","Name":"S","Provider":"aws","Version":"1","Description":"d","Requirements":[
                {"Id":"1","Description":"d","Attributes":[{"Title":"t","Section":"A","LevelOfRisk":5,"Weight":100}],
                "Checks":["s3_bucket_default_encryption","ec2_networkacl_unused"]}]}
                """
            _ = try await Administration(store: api.store).addFrameworks([("score_aws.json", Array(framework.utf8))])
            var scores: [String] = []
            var ids: [String] = []
            for failing in [9, 3] {
                try await data.scan(findings(data, failing: failing), at: 0)
                let answer = try await api.ask(.get, "/overviews/threatscore?include=scan,provider")
                scores += answer.all("overall_score")
                ids += answer.ids
                #expect(
                    answer.json["included"]?.arrayValue?.compactMap { $0["type"]?.stringValue }.sorted() == [
                        "providers", "scans",
                    ])
                let delta = answer.data.arrayValue?.first?["attributes"]?["score_delta"]
                if failing == 9 {
                    #expect(delta == .null)
                } else {
                    let difference = (Double(scores[1]) ?? 0) - (Double(scores[0]) ?? 0)
                    #expect(difference > 0)
                    let shown = try #require(delta?.stringValue.flatMap { Double($0) })
                    #expect(abs(shown - difference) < 0.011, "\(shown) for \(difference)")
                }
            }
            #expect(Set(ids).count == 2)
            for (id, score) in zip(ids, scores) {
                let answer = try await api.ask(.get, "/overviews/threatscore?snapshot_id=\(id)")
                #expect(answer.ids == [id] && answer.all("overall_score") == [score], "\(answer.text)")
            }
            let none = try await api.ask(
                .get, "/overviews/threatscore?snapshot_id=00000000-0000-4000-8000-000000000000")
            #expect(none.status == 404)
        }
    }

    @Test("what relationships name stands beside, as far as the caller may see it")
    func includes() async throws {
        try await DataFixture.with { data in
            let api = data.api
            let account = try #require(
                try await api.ask(.get, "/providers").data.arrayValue?.first?["id"]?.stringValue)
            let group = try await api.ask(
                .post, "/provider-groups",
                APIFixture.document(
                    "provider-groups", [("name", .string("g"))],
                    [("providers", APIFixture.identifiers("providers", [account]))]))
            #expect(group.status == 201, "\(group.text)")
            func included(_ answer: Answer) -> [String] {
                answer.json["included"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
            }
            for path in ["/providers", "/providers/\(account)"] {
                #expect(included(try await api.ask(.get, path + "?include=provider_groups")) == [group.id], "\(path)")
            }
            let finding = try #require(try await api.ask(.get, "/findings").ids.first)
            let mute = try await api.ask(
                .post, "/mute-rules",
                APIFixture.document(
                    "mute-rules",
                    [
                        ("name", .string("mute")), ("reason", .string("a reason")),
                        ("finding_ids", .array([.string(finding)])),
                    ]))
            #expect(mute.status == 201, "\(mute.text)")
            let member = try await api.member("curious")
            for path in ["/mute-rules", "/mute-rules/\(mute.id)"] {
                #expect(included(try await api.ask(.get, path + "?include=created_by")) == [api.owner.user.id])
                let seen = try await api.ask(.get, path + "?include=created_by", as: member)
                #expect(seen.status == 200 && included(seen).isEmpty)
            }
            let resources = try await api.ask(.get, "/resources?page%5Bsize%5D=5&include=findings")
            var linked: [String] = []
            for resource in resources.data.arrayValue ?? [] {
                let ids = resource["relationships"]?["findings"]?["data"]?.arrayValue ?? []
                #expect(Int64(ids.count) == resource["attributes"]?["findings_count"]?.intValue)
                linked += ids.compactMap { $0["id"]?.stringValue }
            }
            #expect(linked.count >= 5 && Set(linked) == Set(included(resources)))
        }
    }

    @Test("overviews and requirements in the order that is asked for, and only what is searched for")
    func orders() async throws {
        try await DataFixture.with { data in
            for (path, fields) in [
                ("/overviews/services", ["total", "fail", "pass", "muted"]), ("/overviews/regions", ["total", "fail"]),
                ("/overviews/categories", ["total_findings", "failed_findings"]),
                ("/overviews/attack-surfaces", ["failed_findings", "total_findings"]),
            ] {
                for field in fields {
                    let rows = try await data.api.ask(.get, "\(path)?sort=-\(field)").data.arrayValue ?? []
                    let values = rows.compactMap { $0["attributes"]?[field]?.intValue }
                    #expect(!values.isEmpty && values == values.sorted(by: >), "\(path) by \(field)")
                    let back = try await data.api.ask(.get, "\(path)?sort=\(field)").data.arrayValue ?? []
                    #expect(back.count == rows.count)
                }
                let ids = try await data.api.ask(.get, "\(path)?sort=-id").ids
                #expect(ids == ids.sorted(by: >))
            }
            let found = try await data.api.ask(.get, "/overviews/services?filter[search]=CE1".escaped)
            #expect(found.ids == ["service1"])
            let missing = try await data.api.ask(
                .get, "/compliance-overviews/requirements?filter[compliance_id__icontains]=x".escaped)
            #expect(missing.status == 400)
        }
    }

    @Test("checks belong to the groups of Prowler's vocabulary")
    func vocabulary() throws {
        let aws = try #require(Provider(name: "aws"))
        for (check, group) in Self.checks { #expect(KnownChecks.group(of: check, provider: aws) == group) }
        #expect(KnownChecks.group(of: "s3_bucket_object_public", provider: aws) == nil)
        #expect(
            KnownChecks.group(of: "s3_bucket_default_encryption", provider: try #require(Provider(name: "azure")))
                == nil)
        #expect(KnownChecks.groups.count == 16 && !KnownChecks.groups.contains("-"))
    }
}
