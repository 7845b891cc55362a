import MartletCore
import MartletPolicy
import Testing

@Suite struct FrameworkFuzzTests {
    /// Loading may refuse but never crash, and the linter never calls clean what loading refuses.
    private func check(_ bytes: [UInt8]) {
        let isLoaded = (try? Framework.load(bytes: bytes, fileName: "f.json")) != nil
        let issues = FrameworkLinter.lint(bytes: bytes, fileName: "f.json")
        if !isLoaded {
            #expect(issues.contains { $0.severity == .error }, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test(arguments: [FrameworkFixtures.legacy, FrameworkFixtures.universal])
    func truncations(text: String) {
        let bytes = Array(text.utf8)
        for length in 0...bytes.count { check(Array(bytes[..<length])) }
    }

    @Test(arguments: [FrameworkFixtures.legacy, FrameworkFixtures.universal])
    func mutatedBytes(text: String) {
        let bytes = Array(text.utf8)
        var random = Seeded(seed: 23)
        for _ in 0..<2_000 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: mutated[index] = UInt8.random(in: .min ... .max, using: &random)
                case 1: mutated.remove(at: index)
                default: mutated.insert(contentsOf: mutated[index...].prefix(20), at: index)
                }
            }
            check(mutated)
        }
    }

    /// Values of the wrong type at every place, which mutated bytes hardly ever produce.
    @Test(arguments: [FrameworkFixtures.legacy, FrameworkFixtures.universal])
    func everyValueReplacedByEveryType(text: String) throws {
        for pointer in pointers(try JSONValue.parse(text), at: .root) {
            for value in ["null", "true", "-1", "1e300", "\"\"", "\"\\u0000\"", "[]", "[[]]", "{}", "{\"\":{}}", nil] {
                check(Array(try FrameworkFixtures.changing(text, pointer.description, to: value).utf8))
            }
        }
    }

    private func pointers(_ value: JSONValue, at pointer: JSONPointer) -> [JSONPointer] {
        switch value {
        case .object(let members):
            [pointer] + members.flatMap { pointers($0.value, at: pointer.appending($0.key)) }
        case .array(let elements):
            [pointer] + elements.enumerated().flatMap { pointers($1, at: pointer.appending($0)) }
        default: [pointer]
        }
    }

    /// A generator with a seed, so that a failure can be repeated.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 32
        }
    }
}
