import MartletCore
import Testing

@Suite("CompactIDSet")
struct CompactIDSetTests {
    private func elements(_ set: CompactIDSet) -> [Int64] {
        var elements: [Int64] = []
        set.forEach { elements.append($0) }
        return elements.sorted()
    }

    @Test("behaves as Set does", arguments: [1, 10, 47, 48, 49, 1_000, 20_000])
    func againstSet(size: Int) {
        var generator = SystemRandomNumberGenerator()
        // A range of few ids makes repetitions, a wide one makes collisions.
        for range in [Int64(size / 2 + 1), 1 << 20, .max] {
            var set = CompactIDSet()
            var reference: Set<Int64> = []
            for _ in 0..<size {
                let id = Int64.random(in: 0..<range, using: &generator)
                #expect(set.contains(id) == reference.contains(id))
                let isNew = set.insert(id)
                #expect(isNew == reference.insert(id).inserted)
                #expect(set.contains(id))
            }
            #expect(set.count == reference.count)
            #expect(elements(set) == reference.sorted())
        }
    }

    @Test("ids at a distance of a power of two stay apart", arguments: 0..<63)
    func strides(shift: Int) {
        var set = CompactIDSet()
        var reference: Set<Int64> = []
        for factor in 0..<200 as Range<Int64> {
            let id = factor &* (1 << Int64(shift)) & .max
            set.insert(id)
            reference.insert(id)
        }
        #expect(set.count == reference.count)
        #expect(elements(set) == reference.sorted())
        #expect(!set.contains(3 << 50 | 1))
    }

    @Test("the largest id is one, a negative one is none, and nothing is in an empty set")
    func edges() {
        var set = CompactIDSet()
        #expect(!set.contains(0) && set.count == 0)
        #expect(!set.contains(.min))
        for id in [-1, -2, .min] as [Int64] {
            let isNew = set.insert(id)
            #expect(!isNew)
        }
        #expect(set.count == 0)
        #expect(!set.contains(-1) && !set.contains(.min))
        let added = [set.insert(.max), set.insert(0), set.insert(.max)]
        #expect(added == [true, true, false])
        #expect(elements(set) == [0, .max])
    }

    @Test("a copy is a value")
    func copies() {
        var set = CompactIDSet()
        set.insert(1)
        var copy = set
        copy.insert(2)
        #expect(!set.contains(2) && copy.contains(1) && set.count == 1 && copy.count == 2)
    }
}
