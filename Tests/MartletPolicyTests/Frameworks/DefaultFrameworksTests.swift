import MartletCore
import Testing

@testable import MartletPolicy

/// What a tenant gets of the frameworks that come by themselves: every state it can be in.
@Suite("Default frameworks: the decision")
struct DefaultFrameworksTests {
    private static let hashes = (0..<4).map { ContentHash(high: 1, low: $0) }

    private func missing(_ held: [DefaultFrameworks.Holding], areAdded: Bool = true) throws -> Bool {
        let entry = try #require(
            DefaultFrameworks.Entry(id: "f", contents: Array(Self.hashes.prefix(3))) { [] })
        let defaults = DefaultFrameworks([entry], areAdded: areAdded)
        // Frameworks of other ids say nothing.
        let other = ["g": [DefaultFrameworks.Holding(content: Self.hashes[0], isActive: true)]]
        return !defaults.missing(in: other.merging(held.isEmpty ? [:] : ["f": held]) { $1 }).isEmpty
    }

    /// Of each content: never there, taken out of use, in use; at most one is in use.
    @Test func everyState() throws {
        for state in 0..<81 {
            let digits = [state % 3, state / 3 % 3, state / 9 % 3, state / 27]
            guard digits.count(where: { $0 == 2 }) <= 1 else { continue }
            let held = digits.indices.filter { digits[$0] > 0 }.map {
                DefaultFrameworks.Holding(content: Self.hashes[$0], isActive: digits[$0] == 2)
            }
            // Nothing was ever there, or an earlier content is in use.
            let expected = held.isEmpty || digits[0] == 2 || digits[1] == 2
            #expect(try missing(held) == expected, "\(digits)")
            #expect(try missing(held, areAdded: false) == false)
        }
    }

    @Test func untouched() throws {
        let entry = try #require(DefaultFrameworks.Entry(id: "f", contents: [Self.hashes[0], Self.hashes[1]]) { [] })
        let defaults = DefaultFrameworks([entry])
        typealias Holding = DefaultFrameworks.Holding
        #expect(defaults.isUntouched([:]))
        #expect(defaults.isUntouched(["f": [Holding(content: Self.hashes[0], isActive: true)]]))
        #expect(!defaults.isUntouched(["f": [Holding(content: Self.hashes[0], isActive: false)]]))
        #expect(!defaults.isUntouched(["f": [Holding(content: Self.hashes[2], isActive: true)]]))
        #expect(!defaults.isUntouched(["g": [Holding(content: Self.hashes[0], isActive: true)]]))
        #expect(!DefaultFrameworks.none.isUntouched(["f": [Holding(content: Self.hashes[0], isActive: true)]]))
        #expect(DefaultFrameworks.Entry(id: "f", contents: []) { [] } == nil)
    }
}
