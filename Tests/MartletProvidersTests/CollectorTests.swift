import MartletCore
import Testing

@testable import MartletProviders

/// Collectors as data: what their files may say, and that errors name the place.
@Suite struct CollectorTests {
    private func read(_ text: String) throws -> [CollectorDefinition] {
        try SmallCollectors.reader.read(text, file: "c.yaml")
    }

    private static let good = """
        - id: azure.a.b
          title: Things
          host: arm
          list: /x
          permission: x/read
          items: value
        """

    @Test(arguments: [
        ("", "c.yaml:1:1"), ("a: b", "c.yaml:1:1"), ("- 1", "c.yaml:1:3"),
        (good.replacing("host: arm", with: "host: mainframe"), "c.yaml:3:9"),
        (good.replacing("title: Things", with: "tittle: Things"), "c.yaml:2:3"),
        (good.replacing("  items: value", with: "  single: false"), "c.yaml:1:3"),
        (good + "\n  single: true", "c.yaml:6:10"),
        (good.replacing("list: /x", with: "list: /{x"), "c.yaml:4:9"),
        (good.replacing("items: value", with: "items: a..b"), "c.yaml:6:10"),
        (good.replacing("  permission: x/read\n", with: ""), "c.yaml:1:3"),
        (good.replacing("id: azure.a.b", with: "id: Azure A"), "c.yaml:1:7"),
        (good + "\n  absent: [200]", "c.yaml:7:12"),
        (good + "\n  from: {a: b, c: d}", "c.yaml:7:9"),
        (good + "\n  children: {c: {path: x}}", "c.yaml:7:17"),
        (good + "\n  children: {c: {path: x, permission: p, look-up: azure.a.b}}", "c.yaml:7:51"),
        (good + "\n  resource: {keep: {x: a..b}}", "c.yaml:7:24"),
        (good + "\n  resource: {keep: {x: size(a)}}", "c.yaml:7:24"),
        (good + "\n  resource: {keep: {x: children.c.a}}", "c.yaml:7:13"),
    ])
    func errorsNameThePlace(text: String, place: String) {
        do {
            _ = try read(text)
            Issue.record("it was read")
        } catch let error as MartletError {
            #expect(error.place == place, "\(error)")
            #expect(error.code == .invalidInput)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func aCatalogIsWholeOrNone() throws {
        #expect(throws: MartletError.self) { try CollectorCatalog(try read(Self.good + "\n" + Self.good)) }
        #expect(throws: MartletError.self) {
            try CollectorCatalog(try read(Self.good + "\n  from: {x: azure.not.there}"))
        }
        let circle =
            Self.good + "\n  from: {x: azure.a.c}\n" + Self.good.replacing("a.b", with: "a.c")
            + "\n  from: {x: azure.a.b}"
        #expect(throws: MartletError.self) { try CollectorCatalog(try read(circle)) }
    }

    @Test func placeholdersBecomePartsOfAURL() throws {
        var scope = CollectedScope(variables: ["subscription": "s"])
        scope.item = try JSONValue.parse(#"{"id":"/a/b c?#%","n":7,"null":null,"o":{}}"#)
        scope.parents["vault"] = try JSONValue.parse(#"{"properties":{"vaultUri":"https://v.example/"}}"#)
        scope.each = try JSONValue.parse(#"{"id":"e"}"#)
        func url(_ text: String) throws -> String? { try PathTemplate(text).url(in: scope) }
        #expect(
            try url("/{subscription}{id}/x?$filter=a eq 'b'&c={n}") == "/s/a/b%20c%3F%23%25/x?$filter=a%20eq%20'b'&c=7")
        #expect(try url("{vault.properties.vaultUri}keys") == "https://v.example/keys")
        #expect(try url("{each.id}") == "e")
        for missing in ["{null}", "{o}", "{nothing}", "{vault.x}", "{organization}"] {
            #expect(try url(missing) == nil)
        }
    }

    @Test func aPlanHasOnlyWhatIsNeeded() throws {
        let catalog = try SmallCollectors.catalog()
        let plan = CollectionPlan(
            [
                CheckNeeds(check: "a", collector: "azure.keyvault.key", children: ["key"]),
                CheckNeeds(check: "b", collector: "azure.storage.account", data: ["azure.keyvault.key"]),
                CheckNeeds(check: "c", collector: "azure.devops.connection"),
                CheckNeeds(check: "d", collector: "azure.no.such"),
                CheckNeeds(check: "e", collector: "azure.storage.account", children: ["nothing"]),
            ], catalog: catalog, variables: ["subscription"])
        #expect(Set(plan.collectors.keys) == ["azure.keyvault.vault", "azure.keyvault.key", "azure.storage.account"])
        #expect(plan.roots(held: true) == ["azure.keyvault.vault"])
        #expect(plan.roots(held: false) == ["azure.storage.account"])
        #expect(plan.collectors["azure.keyvault.vault"]?.dependents == ["azure.keyvault.key"])
        #expect(plan.collectors["azure.storage.account"]?.children.isEmpty == true)
        #expect(plan.gaps.map(\.check) == ["c", "d", "e"])
        #expect(
            plan.calls(of: plan.needs[1]).map(\.collector.id).sorted() == [
                "azure.keyvault.key", "azure.keyvault.vault", "azure.storage.account",
            ])
    }
}
