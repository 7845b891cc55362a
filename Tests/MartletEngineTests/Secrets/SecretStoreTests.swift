import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Secrets: kept in a store")
struct SecretStoreTests {
    private func text(_ text: String) throws -> SecretValue { try .text(SecretBytes(text)) }

    @Test("set, open, replace, list, remove", arguments: StorePlace.allCases)
    func lifeCycle(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let secrets = Secrets(store: test.store)
            let (first, second) = (try SecretKeyRing.new(), try SecretKeyRing.new())
            let name = try SecretName("aws/prod")
            #expect(try await secrets.remove(name) == false)
            await expectError(.notFound) { _ = try await secrets.open(name, keys: first) }
            let value = try SecretValue.fields([.init("A", SecretBytes("1")), .init("B", SecretBytes(""))])
            try await secrets.set(name, to: value, keys: first)
            try await secrets.set(try SecretName("a"), to: text("t"), keys: first)
            try await secrets.set(try SecretName("B"), to: text("t"), keys: first)
            #expect(try await secrets.open(name, keys: first).said == ["A", "1", "B", ""])
            await expectError(.secretKeyUnknown) { _ = try await secrets.open(name, keys: second) }
            let before = try await test.store.read { try $0.secrets() }
            #expect(before.map(\.name) == ["B", "a", "aws/prod"] && before.map(\.kind) == ["text", "text", "fields"])
            #expect(before.allSatisfy { $0.keyID == first.first.id && $0.createdAt == $0.updatedAt })
            // The next millisecond of the database's clock.
            let time = before[2].updatedAt.milliseconds
            while try await test.store.database.read({ try $0.now() }) <= time {}
            try await secrets.set(name, to: text("new"), keys: second)
            let after = try #require(try await test.store.read { try $0.secrets() }.last)
            #expect(after.kind == "text" && after.keyID == second.first.id)
            #expect(after.createdAt == before[2].createdAt && after.updatedAt > before[2].updatedAt)
            #expect(try await secrets.open(name, keys: second).said == ["new"])
            #expect(try await secrets.remove(name))
            #expect(try await secrets.remove(name) == false)
            await expectError(.notFound) { _ = try await secrets.open(name, keys: second) }
        }
    }

    @Test("a row that is moved to another tenant, name or kind is refused", arguments: StorePlace.allCases)
    func moved(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let ring = try SecretKeyRing.new()
            let (a, b) = (try SecretName("a"), try SecretName("b"))
            let secrets = Secrets(store: test.store)
            try await secrets.set(a, to: text("hunter2"), keys: ring)
            let other = try await Store.open(database: test.store.database, url: "test:x", tenant: "other")
            await expectError(.notFound) { _ = try await Secrets(store: other).open(a, keys: ring) }
            let tenant = test.store.tenant
            let row = try #require(
                try await test.store.database.read { try SecretRecords.secret(named: "a", tenant: tenant, $0) })
            try await other.database.write { try SecretRecords.set(row, tenant: other.tenant, $0) }
            await expectError(.secretTampered) { _ = try await Secrets(store: other).open(a, keys: ring) }
            var (renamed, changed) = (row, row)
            renamed.name = "b"
            try await test.store.database.write { [renamed] in try SecretRecords.set(renamed, tenant: tenant, $0) }
            await expectError(.secretTampered) { _ = try await secrets.open(b, keys: ring) }
            for kind in ["fields", "other"] {
                changed.kind = kind
                try await test.store.database.write { [changed] in try SecretRecords.set(changed, tenant: tenant, $0) }
                await expectError(.secretTampered) { _ = try await secrets.open(a, keys: ring) }
            }
            try await test.store.database.write { try SecretRecords.set(row, tenant: tenant, $0) }
            #expect(try await secrets.open(a, keys: ring).said == ["hunter2"])
        }
    }

    @Test("a key is made beside an embedded store for its first secret, and never again", arguments: [true, false])
    func firstUse(isLost: Bool) async throws {
        let folder = try TemporaryFolder()
        let store = try await Store.open(url: "sqlite:\(folder.file("store.db"))")
        let place = try SecretKeyPlace.find(file: nil, for: store)
        #expect(place == .besideStore(folder.file("store.db.key")))
        #expect(try await place.makeIfFirst(for: store) == folder.file("store.db.key"))
        #expect(try await place.makeIfFirst(for: store) == nil)
        let keys = try place.keys()
        try await Secrets(store: store).set(try SecretName("a"), to: text("v"), keys: keys)
        #expect(try place.keys().first.id == keys.first.id)
        if isLost {
            try folder.remove("store.db.key")
            await expectError(.secretKeyMissing) { _ = try await place.makeIfFirst(for: store) }
            await expectError(.secretKeyMissing) { _ = try place.keys() }
            _ = try await Secrets(store: store).remove(try SecretName("a"))
            #expect(try await place.makeIfFirst(for: store) != nil)
        }
        #expect(try SecretKeyPlace.find(file: "x", for: store) == .file("x"))
        #expect(try SecretKeyPlace.find(file: "", for: store) == place)
        await store.close()
    }

    @Test("a store on a server has no key of its own")
    func server() async throws {
        try await TestStore.with(.postgresql) { test in
            await expectError(.secretKeyMissing) { _ = try SecretKeyPlace.find(file: nil, for: test.store) }
        }
    }
}
