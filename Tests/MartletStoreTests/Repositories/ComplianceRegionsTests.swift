import MartletCore
import MartletPolicy
import Testing

@testable import MartletStore

@Suite("Packed compliance rows")
struct ComplianceRegionsTests {
    private static func row(_ status: RequirementStatus, _ counts: [Int]) -> ComplianceRow {
        ComplianceRow(
            requirement: 7, region: 0, status: status, passedChecks: Int32(counts[0]), failedChecks: Int32(counts[1]),
            evaluatedChecks: Int32(counts[2]), totalChecks: Int32(counts[3]), passedFindings: counts[4],
            totalFindings: counts[5])
    }

    @Test("every row comes back, at every width of a number")
    func roundTrip() throws {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, Int(Int32.max)]
        var packed = ComplianceRegions()
        var expected: [String] = []
        for status in RequirementStatus.allCases {
            for (place, number) in numbers.enumerated() {
                let counts = (0..<6).map { numbers[(place + $0) % numbers.count] }
                var row = Self.row(status, counts)
                packed.add(row, region: Int64(number))
                row.region = Int32(number)
                expected.append("\(number) \(row)")
            }
        }
        var found: [String] = []
        try ComplianceRegions.decode(packed.bytes, requirement: 7) { row, region in found.append("\(region) \(row)") }
        #expect(found == expected)
        packed.removeAll()
        #expect(packed.bytes.isEmpty)
    }

    @Test("what is cut or not a row is an error, never a wrong row")
    func damaged() throws {
        var packed = ComplianceRegions()
        packed.add(Self.row(.pass, [300, 2, 3, 400, 5, 60_000]), region: 3)
        for length in 1..<packed.bytes.count {
            let cut = Array(packed.bytes.prefix(length))
            #expect(throws: MartletError.self) { try ComplianceRegions.decode(cut, requirement: 0) { _, _ in } }
        }
        for bytes in [[3, 99, 0, 0, 0, 0, 0, 0], [UInt8](repeating: 0xFF, count: 40)] as [[UInt8]] {
            #expect(throws: MartletError.self) { try ComplianceRegions.decode(bytes, requirement: 0) { _, _ in } }
        }
    }
}
