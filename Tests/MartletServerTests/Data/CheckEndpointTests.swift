import MartletCore
import MartletFormats
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: checks of a tenant")
struct CheckEndpointTests {
    private static let shipped = "storage_secure_transfer_required_is_enabled"

    private static func parameters(_ id: String, _ members: [JSONValue.Member]) -> JSONValue {
        APIFixture.document("checks", id: id, [("parameters", .object(members))])
    }

    @Test("one's own: added, listed, run by scans, changed, replaced, removed", arguments: ServerStore.allCases)
    func own(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let before = try await api.ask(.get, "/checks?page%5Bsize%5D=1").json["meta"]?["pagination"]?["count"]
            #expect(before?.intValue == Int64(try CheckFiles.shipped().count))
            let made = try await api.ask(.post, "/checks", WalkTable.ownCheck("my_check"))
            #expect(made.status == 201 && made.id == "my_check", "\(made.text)")
            #expect(made.attribute("origin")?.stringValue == "tenant")
            #expect(made.attribute("files")?[0]?["content"]?.stringValue == WalkTable.ownCheckText("my_check"))
            let listed = try await api.ask(.get, "/checks?filter%5Borigin%5D=tenant")
            #expect(listed.ids == ["my_check"])
            #expect(listed.data[0]?["attributes"]?["parameters"]?[0]?["value"]?.stringValue == "st")

            // What a worker asks for before each scan.
            let azure = try #require(Provider(name: "azure"))
            let library = try await api.store.read { try $0.checkLibrary() }
            #expect(try library.compiled(azure).contains { $0.definition.id == "my_check" })

            let set = try await api.ask(
                .patch, "/checks/my_check", Self.parameters("my_check", [.init("prefix", .string("ab"))]))
            #expect(set.status == 200 && set.attribute("parameters")?[0]?["value"]?.stringValue == "ab", "\(set.text)")
            #expect(set.attribute("parameters")?[0]?["default"]?.stringValue == "st")
            let loaded = try await api.store.read { try $0.checkLibrary() }
            #expect(loaded["my_check"]?.parameters == ["prefix": .string("ab")])
            let back = try await api.ask(
                .patch, "/checks/my_check", Self.parameters("my_check", [.init("prefix", .null)]))
            #expect(back.attribute("parameters")?[0]?["value"]?.stringValue == "st")
            #expect(try await api.store.read { try $0.checkParameters().isEmpty })

            let again = try await api.ask(
                .post, "/checks", WalkTable.ownCheck("my_check", ("severity: low", "severity: high")))
            #expect(again.status == 200 && again.attribute("severity")?.stringValue == "high", "\(again.text)")
            let log = try await api.ask(.get, "/audit-log?page%5Bsize%5D=100")
            let words = log.all("action").filter { $0.contains("check") }
            #expect(Set(words).count == 2 && words.count == 4, "\(log.all("action"))")

            #expect(try await api.ask(.delete, "/checks/my_check").status == 204)
            #expect(try await api.ask(.delete, "/checks/my_check").status == 404)
            #expect(try await api.ask(.get, "/checks/my_check").status == 404)
            let left = try await api.store.read { try $0.checkLibrary() }
            #expect(!left.entries.contains { $0.definition.id == "my_check" })
        }
    }

    @Test("shipped ones: filtered, sorted, read with what they need; changed for the tenant, never removed")
    func shipped() async throws {
        try await APIFixture.with { api in
            let all = try CheckFiles.shipped()
            let query = "filter%5Bprovider%5D=azure&filter%5Bservice__in%5D=storage,sqlserver&page%5Bsize%5D=1000"
            let found = try await api.ask(.get, "/checks?\(query)&sort=-severity")
            let wanted = all.filter { $0.provider.name == "azure" && ["storage", "sqlserver"].contains($0.service) }
            #expect(Set(found.ids) == Set(wanted.map(\.id)) && found.ids.count == wanted.count && wanted.count > 2)
            let ranks = found.all("severity").compactMap { Severity(name: $0)?.rawValue }
            #expect(ranks == ranks.sorted(by: >) && Set(ranks).count > 1)
            let critical = try await api.ask(.get, "/checks?filter%5Bseverity%5D=critical&page%5Bsize%5D=1000")
            #expect(critical.ids.count == all.count { $0.severity == .critical })
            let page = try await api.ask(.get, "/checks?sort=id&page%5Bsize%5D=3&page%5Bnumber%5D=2")
            #expect(page.ids == Array(all.map(\.id).sorted()[3..<6]))

            let one = try await api.ask(.get, "/checks/\(Self.shipped)")
            let definition = try #require(all.first { $0.id == Self.shipped })
            #expect(one.attribute("data")?["collector"]?.stringValue == definition.resource)
            #expect(one.attribute("remediation")?["text"]?.stringValue == definition.remediation.text)
            #expect(one.attribute("files") == .null && one.attribute("origin")?.stringValue == "shipped")
            let alias = try #require(definition.aliases.first)
            #expect(try await api.ask(.get, "/checks/\(alias)").status == 404)

            let refused = try await api.ask(.delete, "/checks/\(Self.shipped)")
            #expect(refused.status == 409, "\(refused.text)")
            let limited = try #require(all.first { $0.parameters.contains { $0.type == .int } })
            let parameter = try #require(limited.parameters.first { $0.type == .int })
            for members: [JSONValue.Member] in [[.init("nonesuch", .int(1))], [.init(parameter.name, .string("x"))]] {
                let wrong = try await api.ask(.patch, "/checks/\(limited.id)", Self.parameters(limited.id, members))
                #expect(wrong.status == 422 && wrong.pointers == ["/data/attributes/parameters"], "\(wrong.text)")
            }
            #expect(try await api.store.read { try $0.checkParameters().isEmpty })
            let same = try await api.ask(
                .patch, "/checks/\(limited.id)",
                Self.parameters(limited.id, [.init(parameter.name, parameter.defaultValue)]))
            #expect(same.status == 200, "\(same.text)")
        }
    }

    @Test("a tenant has so many checks of its own and no more; all or none are kept")
    func limit() async throws {
        try await APIFixture.with { api in
            let administration = Administration(store: api.store)
            let rows = (0...Administration.ownChecksLimit).map { (id: "c\($0)", files: "[]") }
            await #expect(throws: MartletError.self) { try await administration.addChecks(rows) }
            #expect(try await api.store.read { try $0.tenantCheckIDs().isEmpty })
            #expect(try await administration.addChecks(Array(rows.dropFirst())).count == 1_000)
            let refused = try await api.ask(.post, "/checks", WalkTable.ownCheck("my_check"))
            #expect(refused.status == 422 && refused.pointers == ["/data/attributes/files"], "\(refused.text)")
            // What is there already may still be replaced.
            #expect(try await administration.addChecks([rows[1]]).isEmpty)
        }
    }

    @Test("what the linter or an example refuses is 422 with file and line, and nothing is kept")
    func refused() async throws {
        try await APIFixture.with { api in
            let cases: [((String, String), line: Int64?, String)] = [
                (("severity: low", "severty: low"), 5, "did you mean 'severity'?"),
                (("resource.name.starts", "resurce.name.starts"), 15, "resurce"),
                (("\"xsta\"", "\"stx\""), 19, "expected fail, got pass"),
                (("kind: bad", "kind: borderline"), nil, "no bad example"), (("id: my_check", "a: ["), nil, "YAML"),
            ]
            for (change, line, message) in cases {
                let answer = try await api.ask(.post, "/checks", WalkTable.ownCheck("my_check", change))
                #expect(answer.status == 422 && answer.text.contains(message), "\(answer.text)")
                #expect(answer.pointers.allSatisfy { $0 == "/data/attributes/files/0/content" }, "\(answer.pointers)")
                let meta = answer.json["errors"]?[0]?["meta"]
                #expect(meta?["file"]?.stringValue == "my_check.yaml", "\(answer.text)")
                if let line { #expect(meta?["line"]?.intValue == line, "\(answer.text)") }
            }
            let taken = try await api.ask(.post, "/checks", WalkTable.ownCheck(Self.shipped))
            #expect(taken.status == 422 && taken.text.contains("shipped check"))
            let text = WalkTable.ownCheckText
            let unfit: [[(String, String)]] = [
                [], [("my_check.yaml", text("my_check")), ("other.yaml", text("other"))],
                [("../my_check.yaml", text("my_check"))], [("/my_check.yaml", text("my_check"))],
                [("my_check.json", text("my_check"))],
                [("my_check.yaml", text("my_check")), ("my_check.yaml", text("my_check"))],
            ]
            for files in unfit {
                let answer = try await api.ask(.post, "/checks", WalkTable.ownCheck(files: files))
                #expect(answer.status == 422, "\(files.map(\.0)): \(answer.text)")
                #expect(answer.pointers.allSatisfy { $0.hasPrefix("/data/attributes/files") })
            }
            #expect(try await api.store.read { try $0.tenantChecks().isEmpty })

            let lines = text("my_check").split(separator: "\n", omittingEmptySubsequences: false)
            let head = lines.prefix { $0 != "examples:" }.joined(separator: "\n")
            let files = [
                ("my_check/check.yaml", head + "\n"),
                ("my_check/1.yaml", #"{name: well, kind: good, verdict: pass, resource: {"name": "sta"}}"#),
                ("my_check/2.yaml", #"{name: badly, kind: bad, verdict: fail, resource: {"name": "sta"}}"#),
            ]
            let wrong = try await api.ask(.post, "/checks", WalkTable.ownCheck(files: files))
            #expect(wrong.status == 422 && wrong.pointers.first == "/data/attributes/files/2/content", "\(wrong.text)")
            let right: [(String, String)] =
                Array(files.dropLast()) + [
                    ("my_check/2.yaml", #"{name: badly, kind: bad, verdict: fail, resource: {"name": "x"}}"#)
                ]
            let made = try await api.ask(.post, "/checks", WalkTable.ownCheck(files: right))
            #expect(made.status == 201 && made.attribute("examples")?.intValue == 2, "\(made.text)")
        }
    }
}
