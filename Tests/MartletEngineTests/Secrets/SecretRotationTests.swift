import MartletCore
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite("Secrets: rotation")
struct SecretRotationTests {
    private static let count = 2 * Secrets.portionSize + 5
    private let old: SecretKeyRing
    private let new: SecretKeyRing
    private let both: SecretKeyRing

    init() throws {
        (old, new) = (try .new(), try .new())
        both = try old.sealing(with: new)
    }

    private func fill(_ store: Store) async throws {
        for number in 0..<Self.count {
            try await Secrets(store: store).set(
                try SecretName("s\(number)"), to: .text(SecretBytes("value \(number)")), keys: old)
        }
    }

    private func expectReadable(_ store: Store, _ keys: SecretKeyRing) async throws {
        for number in 0..<Self.count {
            let value = try await Secrets(store: store).open(try SecretName("s\(number)"), keys: keys)
            #expect(value.said == ["value \(number)"])
        }
    }

    @Test("seals every secret of every tenant anew, once", arguments: StorePlace.allCases)
    func all(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let other = try await Store.open(database: test.store.database, url: "test:x", tenant: "other")
            for store in [test.store, other] { try await fill(store) }
            let times = try await test.store.read { try $0.secrets() }.map(\.updatedAt)
            let rotation = try await Secrets(store: test.store).rotate(keys: both)
            #expect(rotation.resealed == 2 * Self.count && rotation.failures.isEmpty)
            #expect(rotation.keyID == new.first.id)
            for store in [test.store, other] {
                try await expectReadable(store, new)
                let rows = try await store.read { try $0.secrets() }
                #expect(rows.count == Self.count && rows.allSatisfy { $0.keyID == new.first.id })
            }
            #expect(try await test.store.read { try $0.secrets() }.map(\.updatedAt) == times)
            #expect(try await Secrets(store: test.store).rotate(keys: both).resealed == 0)
        }
    }

    @Test("one that cannot be opened stays, is reported, and stops nothing", arguments: StorePlace.allCases)
    func failures(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await fill(test.store)
            let tenant = test.store.tenant
            let stranger = try SecretKeyRing.new()
            try await Secrets(store: test.store).set(
                try SecretName("lost"), to: .text(SecretBytes("v")), keys: stranger)
            try await test.store.database.write { connection in
                let row = try SecretRecords.secret(named: "s7", tenant: tenant, connection)
                guard var broken = row else { return }
                broken.sealed[30] ^= 1
                try SecretRecords.set(broken, tenant: tenant, connection)
            }
            let rotation = try await Secrets(store: test.store).rotate(keys: both)
            #expect(rotation.resealed == Self.count - 1)
            #expect(rotation.failures.map(\.name) == ["lost", "s7"])
            #expect(rotation.failures.map(\.error.code) == [.secretKeyUnknown, .secretTampered])
            #expect(try await Secrets(store: test.store).open(try SecretName("lost"), keys: stranger).said == ["v"])
        }
    }

    @Test("an interrupted rotation loses nothing and is finished by the next one", arguments: StorePlace.allCases)
    func interrupted(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await fill(test.store)
            let database = FailingDatabase(test.store.database)
            let broken = try await Store.open(database: database, url: "test:x", tenant: "default")
            for count in [0, Secrets.portionSize - 1, Secrets.portionSize] {
                database.fail(at: "UPDATE secrets", after: count)
                await expectError(.io) { _ = try await Secrets(store: broken).rotate(keys: both) }
                try await expectReadable(test.store, both)
            }
            let rotation = try await Secrets(store: test.store).rotate(keys: both)
            #expect(rotation.failures.isEmpty && rotation.resealed > 0 && rotation.resealed < Self.count)
            try await expectReadable(test.store, new)
        }
    }

    @Test("a secret that is set meanwhile keeps its new value", arguments: StorePlace.allCases)
    func meanwhile(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            try await fill(test.store)
            let store = test.store
            async let rotation = Secrets(store: store).rotate(keys: both)
            for number in 0..<Self.count {
                // Every other one by a process that does not know the new key yet.
                try await Secrets(store: store).set(
                    try SecretName("s\(number)"), to: .text(SecretBytes("later \(number)")),
                    keys: number % 2 == 0 ? old : both)
            }
            #expect(try await rotation.failures.isEmpty)
            _ = try await Secrets(store: store).rotate(keys: both)
            for number in 0..<Self.count {
                let value = try await Secrets(store: store).open(try SecretName("s\(number)"), keys: new)
                #expect(value.said == ["later \(number)"])
            }
        }
    }

    @Test("an old row is never put over a newer one", arguments: StorePlace.allCases)
    func overtaken(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let tenant = test.store.tenant
            let name = try SecretName("a")
            try await Secrets(store: test.store).set(name, to: .text(SecretBytes("1")), keys: old)
            let row = try #require(
                try await test.store.database.read { try SecretRecords.secret(named: "a", tenant: tenant, $0) })
            try await Secrets(store: test.store).set(name, to: .text(SecretBytes("2")), keys: old)
            let isTaken = try await test.store.database.write {
                try SecretRecords.reseal(row, as: [1], keyID: "x", tenant: tenant, $0)
            }
            #expect(!isTaken)
            #expect(try await Secrets(store: test.store).open(name, keys: old).said == ["2"])
        }
    }
}
