import MartletCore
import Testing

@Suite("KnownStatements")
struct KnownStatementsTests {
    private func entry(_ number: Int64) throws -> KnownStatements.Entry {
        try #require(KnownStatements.Entry(account: 0, check: 1, regions: 2, finding: number, resource: -number))
    }

    private static let largest: Int64 = 134_217_727
    private static let kept: [(account: Int32, check: Int64, regions: Int64)] = [
        (0, 0, 0), (1_023, largest, 0), (0, 5, largest), (7, largest, largest),
    ]
    private static let refused: [(account: Int32, check: Int64, regions: Int64)] = [
        (-1, 0, 0), (1_024, 0, 0), (0, largest + 1, 0), (0, -1, 0), (0, 0, largest + 1),
    ]

    @Test("an entry keeps its numbers up to the largest, and takes none beyond")
    func numbers() throws {
        for (account, check, regions) in Self.kept {
            let entry = try #require(
                KnownStatements.Entry(
                    account: account, check: check, regions: regions, finding: .max, resource: .min))
            #expect(entry.account == account && entry.finding == .max && entry.resource == .min)
            #expect(Int64(entry.check) == check && Int64(entry.regions) == regions)
        }
        for (account, check, regions) in Self.refused {
            let entry = KnownStatements.Entry(
                account: account, check: check, regions: regions, finding: 0, resource: 0)
            #expect(entry == nil)
        }
    }

    @Test("as a dictionary would answer, through growth and hashes that fall together")
    func likeADictionary() throws {
        var known = KnownStatements(key: [1])
        known.reserve(100)
        var model: [UInt64: KnownStatements.Entry] = [:]
        #expect(known.key == [1, 0, 0, 0])
        for number in 1...5_000 as ClosedRange<Int64> {
            // Many share the bits that choose the slot.
            let hash = UInt64(number) | UInt64(number % 7) << 16
            known.insert(hash, try entry(number))
            if model[hash] == nil { model[hash] = try entry(number) }
        }
        #expect(known.count == model.count)
        #expect(model.allSatisfy { known[$0.key] == $0.value })
        #expect(known[6_000] == nil)
    }

    @Test("the first of two counts; 0 is never known")
    func first() throws {
        var known = KnownStatements(key: [])
        known.insert(5, try entry(1))
        known.insert(5, try entry(2))
        known.insert(0, try entry(3))
        #expect(try known[5] == entry(1))
        #expect(known[0] == nil)
        #expect(known.count == 1)
    }
}
