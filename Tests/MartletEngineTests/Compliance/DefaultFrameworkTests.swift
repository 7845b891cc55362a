import MartletCore
import MartletFormats
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// Frameworks that tenants have without asking for them.
@Suite("Default frameworks")
struct DefaultFrameworkTests {
    private static let house = EstateFrameworks.house
    private static let newHouse = house.replacing("A person decides.", with: "Somebody decides.")
    private static let ownHouse = house.replacing("House rules", with: "Our rules")

    /// Frameworks whose contents are the given ones, the newest last.
    private static func defaults(
        _ contents: [String: [String]], areAdded: Bool = true
    ) throws -> DefaultFrameworks {
        let entries = try contents.map { id, texts in
            let hashes = try texts.map {
                try Framework.load(bytes: Array($0.utf8), fileName: id + ".json").source.contentHash
            }
            let newest = texts.last ?? ""
            return try #require(DefaultFrameworks.Entry(id: id, contents: hashes) { Array(newest.utf8) })
        }
        return DefaultFrameworks(entries, areAdded: areAdded)
    }

    /// The same store for a program with other frameworks.
    private static func with(_ test: TestStore, _ contents: [String: [String]]) throws -> TestStore {
        var store = test.store
        store.defaultFrameworks = try defaults(contents)
        return TestStore(store: store, url: test.url)
    }

    private static let said = (0..<8).map {
        Statement(check: "c\($0 % 4)", uid: "u\($0)", status: $0.isMultiple(of: 2) ? .fail : .pass)
    }

    private static func frameworks(_ test: TestStore) async throws -> [String: String] {
        try await test.store.read { reader in
            Dictionary(try reader.frameworks().map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
        }
    }

    @Test("a fresh store has their rows after its first import", arguments: StorePlace.allCases)
    func fresh(place: StorePlace) async throws {
        try await TestStore.with(place) { plain in
            let test = try Self.with(plain, ["house_aws": [Self.house], "score": [EstateFrameworks.score]])
            let report = try await test.run(Self.said, at: 1)
            #expect(report.scan.counts.new == 8)
            #expect(try await test.rows("house_aws").count == 5)
            #expect(try await test.store.read { try $0.accounts().first?.pending } == false)
            // Nothing is added twice, and nothing is pending because of it.
            #expect(try await test.administration.addDefaultFrameworks().isEmpty)
        }
    }

    @Test("what a tenant of its own has published is evaluated by them", arguments: StorePlace.allCases)
    func published(place: StorePlace) async throws {
        try await TestStore.with(place) { plain in
            try await plain.run(Self.said, at: 1)
            let test = try Self.with(plain, ["house_aws": [Self.house]])
            #expect(try await test.administration.addDefaultFrameworks() == ["house_aws"])
            #expect(try await test.store.read { try $0.accounts().first?.pending } == true)
            try await test.administration.finishPending()
            #expect(try await test.rows("house_aws").count == 5)
            // A framework of another platform costs no account anything.
            let azure = Self.house.replacing("AWS", with: "Azure")
            let more = try Self.with(plain, ["house_aws": [Self.house], "house_azure": [azure]])
            #expect(try await more.administration.addDefaultFrameworks() == ["house_azure"])
            #expect(try await test.store.read { try $0.accounts().first?.pending } == false)
        }
    }

    @Test("removing one holds, through upgrades and retention", arguments: StorePlace.allCases)
    func removed(place: StorePlace) async throws {
        try await TestStore.with(place) { plain in
            let test = try Self.with(plain, ["house_aws": [Self.house]])
            try await test.run(Self.said, at: 1)
            try await test.administration.removeFramework("house_aws")
            // Newer ones of other names, so that no rule about numbers keeps it.
            try await test.addFramework("score", EstateFrameworks.score)
            let newer = try Self.with(plain, ["house_aws": [Self.house, Self.newHouse]])
            let retention = Retention(store: newer.store)
            try await retention.setRule(RetentionRule(keepScans: 1))
            for time in 2...4 {
                try await newer.run(Array(Self.said.dropLast(time)), at: Int64(time))
                _ = try await retention.run()
            }
            #expect(try await newer.administration.addDefaultFrameworks().isEmpty)
            #expect(try await Self.frameworks(newer).keys.sorted() == ["score"])
            #expect(try await newer.rows("house_aws").isEmpty)
            // What nobody has to remember goes all the same.
            try await test.administration.removeFramework("score")
            try await test.addFramework("third_aws", Self.house)
            for time in 5...6 { try await newer.run(Array(Self.said.prefix(time)), at: Int64(time)) }
            _ = try await retention.run()
            let left = try await newer.store.database.read { connection in
                try FrameworkRecords.holdings(tenant: newer.store.tenant, connection).keys.sorted()
            }
            #expect(left == ["house_aws", "third_aws"])
            // It comes back when it is asked for.
            try await newer.addFramework("house_aws", Self.newHouse)
            #expect(try await Self.frameworks(newer).keys.sorted() == ["house_aws", "third_aws"])
        }
    }

    @Test(
        "an earlier content is replaced, a tenant's own and a newer program's are not", arguments: StorePlace.allCases)
    func upgrades(place: StorePlace) async throws {
        try await TestStore.with(place) { plain in
            let old = try Self.with(plain, ["house_aws": [Self.house], "score": [EstateFrameworks.score]])
            try await old.run(Self.said, at: 1)
            let own = EstateFrameworks.score.replacing("\"One.\"", with: "\"Ours.\"")
            try await old.addFramework("score", own)
            let newer = try Self.with(
                plain,
                [
                    "house_aws": [Self.house, Self.newHouse],
                    "score": [EstateFrameworks.score, EstateFrameworks.score.replacing("Two.", with: "2.")],
                ])
            #expect(try await newer.administration.addDefaultFrameworks() == ["house_aws"])
            try await newer.administration.finishPending()
            let texts = try await newer.store.read { reader in
                try ["house_aws", "score"].map { try #require(try reader.framework($0)).source.canonicalText }
            }
            #expect(texts[0].contains("Somebody decides.") && texts[1].contains("Ours."))
            #expect(try await newer.rows("house_aws").count == 5)
            // The old program, which goes on beside the new one, does not turn it back.
            #expect(try await old.administration.addDefaultFrameworks().isEmpty)
            #expect(try await newer.administration.addDefaultFrameworks().isEmpty)
        }
    }

    @Test("two processes at once add each once", arguments: StorePlace.allCases)
    func together(place: StorePlace) async throws {
        let contents = ["house_aws": [Self.house], "other_aws": [Self.ownHouse], "score": [EstateFrameworks.score]]
        try await TestStore.with(place) { plain in
            var stores: [Store] = []
            for _ in 0..<4 {
                var store = try await plain.openAgain()
                store.defaultFrameworks = try Self.defaults(contents)
                stores.append(store)
            }
            let added = try await withThrowingTaskGroup(of: [String].self) { group in
                for store in stores {
                    group.addTask { try await Administration(store: store).addDefaultFrameworks() }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(added.sorted() == contents.keys.sorted())
            let held = try await plain.store.database.read { connection in
                try FrameworkRecords.holdings(tenant: plain.store.tenant, connection)
            }
            #expect(held.count == 3 && held.values.allSatisfy { $0.count == 1 && $0[0].isActive })
            for store in stores { await store.close() }
        }
    }

    @Test("whoever does not want them gets none, and nothing of them is forgotten")
    func unwanted() async throws {
        try await TestStore.with { plain in
            var store = plain.store
            store.defaultFrameworks = try Self.defaults(["house_aws": [Self.house]], areAdded: false)
            let test = TestStore(store: store, url: plain.url)
            try await test.run(Self.said, at: 1)
            #expect(try await Self.frameworks(test).isEmpty)
            #expect(store.defaultFrameworks.ids == ["house_aws"])
        }
    }

    @Test("those of the program are added to any store", arguments: StorePlace.allCases)
    func shipped(place: StorePlace) async throws {
        try await TestStore.with(place) { plain in
            var store = plain.store
            store.defaultFrameworks = ShippedFrameworks.defaults()
            let test = TestStore(store: store, url: plain.url)
            #expect(try await test.administration.addDefaultFrameworks().count == ShippedFrameworks.files().count)
            let rows = try await store.read { try $0.frameworks() }
            #expect(rows.allSatisfy { ShippedFrameworks.isShipped($0.id, contentHash: $0.contentHash) })
            #expect(rows.contains { $0.id == "martlet_cis_5.0_azure" && $0.checks > 100 })
            // A tenant that somebody makes by signing up has them, too.
            let access = try Access(store: store, ring: try SecretKeyRing.new())
            _ = try await access.prepare()
            let user = try await access.signUp(
                UserDraft(email: "a@example.com", name: "A", password: nil),
                password: try SecretBytes("Correct-Horse-7"), tenantName: "theirs", address: nil)
            #expect(!user.id.isEmpty)
            let tenants = try await store.tenants()
            let theirs = store.of(tenant: try #require(tenants.last))
            #expect(theirs.tenant != store.tenant)
            #expect(try await theirs.read { try $0.frameworks().count } == rows.count)
        }
    }
}
