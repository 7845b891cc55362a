import MartletCore
import Testing

@testable import MartletStore

@Suite("Packed coverage")
struct CoverageRegionsTests {
    private static let states: [Int64: CoverageState] = {
        var states: [Int64: CoverageState] = [:]
        for (place, state) in CoverageState.allCases.enumerated() {
            for number in [1, 127, 128, 16_384, Int64(Int32.max)] { states[number + Int64(place)] = state }
        }
        return states
    }()

    @Test("every region comes back with its state, ascending")
    func roundTrip() throws {
        var found: [(region: Int64, state: CoverageState)] = []
        try CoverageRegions.decode(CoverageRegions.encode(Self.states)) { found.append(($0, $1)) }
        #expect(found.map(\.region) == Self.states.keys.sorted())
        #expect(found.allSatisfy { Self.states[$0.region] == $0.state })
        #expect(CoverageRegions.encode([:]).isEmpty)
    }

    @Test("what is cut or no state is an error, never a wrong state")
    func damaged() {
        let whole = CoverageRegions.encode([300: .denied])
        let broken = [[1, 0], [1, 99], [UInt8](repeating: 0xFF, count: 40), Array(whole.dropLast()), [whole[0]]]
        for bytes in broken {
            #expect(throws: MartletError.self) { try CoverageRegions.decode(bytes) { _, _ in } }
        }
    }

    /// A scan that looked at one region leaves what is known of the others, and writes nothing that was known.
    @Test("partial scans add to what is known, region by region", arguments: Driver.all)
    func partial(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            func update(
                _ generation: Int64, _ said: [(check: Int64, region: Int64, state: CoverageState)]
            ) async throws -> Bool {
                try await store.database.write { connection in
                    try CoverageRecords.update(
                        said.map { .init(source: 1, check: $0.check, region: $0.region, state: $0.state) }, account,
                        generation: generation, connection)
                }
            }
            func known(_ generation: Int64) async throws -> [String] {
                try await store.database.read { connection in
                    var lines: [String] = []
                    try CoverageRecords.entries(account, generation: generation, connection) {
                        lines.append("\($0.check) \($0.region) \($0.state)")
                    }
                    return lines.sorted()
                }
            }
            #expect(try await update(1, [(1, 1, .inferred), (1, 2, .inferred), (2, 1, .denied)]))
            #expect(try await !update(2, [(1, 2, .inferred)]))
            #expect(try await update(3, [(1, 2, .evaluated), (1, 3, .skipped), (3, 1, .errored)]))
            #expect(try await known(2) == ["1 1 inferred", "1 2 inferred", "2 1 denied"])
            #expect(
                try await known(3)
                    == ["1 1 inferred", "1 2 evaluated", "1 3 skipped", "2 1 denied", "3 1 errored"])
            let rows = try await store.database.read { try $0.count("coverage") }
            #expect(rows == 4)
        }
    }
}
