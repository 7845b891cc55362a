import MartletCore
import Testing

@testable import MartletStore

@Suite("Names")
struct NamesTests {
    @Test("each name gets one number, for ever", arguments: Driver.all, Names.Kind.allCases)
    func numbers(driver: Driver, kind: Names.Kind) async throws {
        try await driver.withStore { store in
            try await store.database.write { connection in
                func numbers(_ names: [String]) throws -> [String: Int64] {
                    try Names.numbers(of: names, kind: kind, tenant: store.tenant, connection)
                }
                #expect(try numbers([]).isEmpty)
                let first = try numbers(["b", "", "a"])
                #expect(Set(first.keys) == ["a", "b", ""])
                #expect(Set(first.values).count == 3)
                let second = try numbers(["c", "b", "A", "ä"])
                #expect(second["b"] == first["b"])
                #expect(Set(first.values).union(second.values).count == 6)
                #expect(try numbers(["a", "b", "", "c", "A", "ä"]) == first.merging(second) { $1 })
                let all = try Names.all(kind, tenant: store.tenant, connection)
                #expect(Dictionary(uniqueKeysWithValues: all.map { ($1, $0) }) == first.merging(second) { $1 })
            }
        }
    }

    @Test("the kinds do not mix", arguments: Driver.all)
    func kinds(driver: Driver) async throws {
        try await driver.withStore { store in
            try await store.database.write { connection in
                for (index, kind) in Names.Kind.allCases.enumerated() {
                    _ = try Names.numbers(of: ["n\(index)"], kind: kind, tenant: store.tenant, connection)
                }
                for (index, kind) in Names.Kind.allCases.enumerated() {
                    #expect(try Names.all(kind, tenant: store.tenant, connection) == [1: "n\(index)"])
                }
            }
        }
    }

    @Test(
        "a set of regions is its name, back and forth",
        arguments: [[], ["a"], ["a", "b"], ["eu west", "global", "ä"]] as [[String]])
    func sets(regions: [String]) {
        #expect(Names.regions(ofSet: Names.setName(regions)) == regions)
    }

    @Test("sets never run together")
    func distinctSets() {
        let sets: [[String]] = [[], ["a"], ["a", "b"], ["ab"], ["b"], ["b", "a"]]
        #expect(Set(sets.map(Names.setName)).count == sets.count)
    }
}
