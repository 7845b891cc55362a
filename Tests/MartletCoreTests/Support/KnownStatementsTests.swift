import MartletCore
import Testing

@Suite("KnownStatements")
struct KnownStatementsTests {
    private func entry(_ number: Int64) -> KnownStatements.Entry {
        .init(account: 0, check: 1, finding: number, resource: -number)
    }

    @Test("as a dictionary would answer, through growth and hashes that fall together")
    func likeADictionary() {
        var known = KnownStatements(key: [1])
        known.reserve(100)
        var model: [UInt64: KnownStatements.Entry] = [:]
        #expect(known.key == [1, 0, 0, 0])
        for number in 1...5_000 as ClosedRange<Int64> {
            // Many share the bits that choose the slot.
            let hash = UInt64(number) | UInt64(number % 7) << 16
            known.insert(hash, entry(number))
            if model[hash] == nil { model[hash] = entry(number) }
        }
        #expect(known.count == model.count)
        #expect(model.allSatisfy { known[$0.key] == $0.value })
        #expect(known[6_000] == nil)
    }

    @Test("the first of two counts; 0 is never known")
    func first() {
        var known = KnownStatements(key: [])
        known.insert(5, entry(1))
        known.insert(5, entry(2))
        known.insert(0, entry(3))
        #expect(known[5] == entry(1))
        #expect(known[0] == nil)
        #expect(known.count == 1)
    }
}
