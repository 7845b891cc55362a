import MartletCore
import Testing

@testable import MartletStore

@Suite("ExternalSourceRecords")
struct ExternalSourceRecordsTests {
    @Test("set, refuse, replace, list, remove; another tenant sees nothing", arguments: Driver.all)
    func lifeCycle(driver: Driver) async throws {
        try await driver.withStore { store in
            let tenant = store.tenant
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            func set(_ name: String, _ definition: String, replacing: Bool = false) async throws {
                try await store.database.write {
                    try ExternalSourceRecords.set(name, to: definition, replacing: replacing, tenant: tenant, $0)
                }
            }
            try await set("b", "1")
            try await set("a", "2")
            let first = try await store.read { try $0.externalSources() }
            #expect(first.map(\.name) == ["a", "b"] && first.map(\.definition) == ["2", "1"])
            #expect(first.allSatisfy { $0.createdAt == $0.updatedAt })
            let error = await expectError(.conflict) { try await set("a", "3") }
            #expect(error?.message.contains("--replace") == true)
            let time = first[0].updatedAt.milliseconds
            while try await store.database.read({ try $0.now() }) <= time {}
            try await set("a", "4", replacing: true)
            let second = try await store.read { try $0.externalSources() }
            #expect(second.map(\.definition) == ["4", "1"])
            #expect(second[0].createdAt == first[0].createdAt && second[0].updatedAt > first[0].updatedAt)
            let seen = try await other.read { try $0.externalSources().count }
            #expect(seen == 0)
            let (found, theirs, removed) = try await store.database.write { connection in
                let theirs = try ExternalSourceRecords.remove("a", tenant: other.tenant, connection)
                let found = try ExternalSourceRecords.definition(of: "a", tenant: tenant, connection)
                return (found, theirs, try ExternalSourceRecords.remove("a", tenant: tenant, connection))
            }
            #expect(found == "4" && !theirs && removed)
            let left = try await store.read { try $0.externalSources().map(\.name) }
            #expect(left == ["b"])
        }
    }
}
