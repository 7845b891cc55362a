/// The values that differ from one finding of a benchmark estate to the next, kept in buffers that are reused.
struct BenchmarkRow {
    private static let environments = ["production", "staging", "development", "sandbox"].map { Array($0.utf8) }
    private static let shortNames = ["prod", "stg", "dev", "box"].map { Array("-\($0)-".utf8) }
    private static let pass = Array("PASS".utf8)
    private static let fail = Array("FAIL".utf8)
    private static let digits = Array("0123456789abcdef".utf8)

    private let estate: BenchmarkEstate
    private let regions: [[UInt8]]
    private var service: [UInt8] = []
    private var checkHash: UInt64 = 0
    private var passTail: [UInt8] = []
    private var failTail: [UInt8] = []

    /// The value of each ``BenchmarkSlot``, by its raw value.
    private(set) var values = [[UInt8]](repeating: [], count: BenchmarkSlot.allCases.count)
    private(set) var failed = false
    private(set) var muted = false

    init(estate: BenchmarkEstate) {
        self.estate = estate
        regions = (0..<estate.regions).map { Array(BenchmarkEstate.regionName($0).utf8) }
    }

    mutating func begin(_ check: GeneratedCheck, group: BenchmarkAssignment.Group) {
        service = Array(group.service.utf8)
        checkHash = SplitMix64.hash(check.id)
        let title = check.title.prefix(80)
        passTail = Array(" days and satisfies the check: \(title)".utf8)
        failTail = Array(" days and violates the check: \(title)".utf8)
    }

    mutating func fill(resource: Int) {
        let identity = SplitMix64.hash(estate.seed, UInt64(resource))
        let traits = SplitMix64.hash(identity, 1)
        let environment = Int(traits & 3)
        values[BenchmarkSlot.region.rawValue] = regions[resource % regions.count]
        values[BenchmarkSlot.environment.rawValue] = Self.environments[environment]
        set(.hex) { Self.append(hex: identity, to: &$0) }
        set(.name) { [service] in
            $0 += service
            $0 += Self.shortNames[environment]
            Self.append(hex: identity, to: &$0)
        }
        set(.created) {
            $0 += "2025-".utf8
            Self.append(Int(traits >> 8 & 0xFF) % 12 + 1, width: 2, to: &$0)
            $0.append(UInt8(ascii: "-"))
            Self.append(Int(traits >> 16 & 0xFF) % 28 + 1, width: 2, to: &$0)
            $0 += "T10:00:00+00:00".utf8
        }
        set(.team) { Self.append("team-", Int(traits >> 24 & 0xFF) % 20, width: 2, to: &$0) }
        set(.costCenter) { Self.append("cc-", Int(traits >> 32 & 0xFF) % 50, width: 4, to: &$0) }
        set(.application) { Self.append("application-", Int(traits >> 40 & 0xFF) % 200, width: 3, to: &$0) }
        judge(SplitMix64.hash(identity, checkHash, 2))
    }

    /// Follows one finding from scan 1 to this scan: its status flips and its detail changes at random, for ever
    /// in the same way.
    private mutating func judge(_ base: UInt64) {
        failed = SplitMix64.share(base) < estate.failShare
        muted = SplitMix64.share(SplitMix64.hash(base, 1)) < estate.mutedShare
        var days = 30
        for scan in 1..<estate.scan {
            if SplitMix64.share(SplitMix64.hash(base, 2, UInt64(scan))) < estate.flip { failed.toggle() }
            if SplitMix64.share(SplitMix64.hash(base, 3, UInt64(scan))) < estate.detailChange { days += 1 }
        }
        values[BenchmarkSlot.statusCode.rawValue] = failed ? Self.fail : Self.pass
        let name = values[BenchmarkSlot.name.rawValue]
        let tail = failed ? failTail : passTail
        set(.detail) {
            $0 += name
            $0 += " has been observed for ".utf8
            Self.append(days, width: 1, to: &$0)
            $0 += tail
        }
    }

    private mutating func set(_ slot: BenchmarkSlot, _ body: (inout [UInt8]) -> Void) {
        values[slot.rawValue].removeAll(keepingCapacity: true)
        body(&values[slot.rawValue])
    }

    private static func append(hex number: UInt64, to output: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) { output.append(digits[Int(number >> UInt64(shift) & 15)]) }
    }

    private static func append(_ prefix: String, _ number: Int, width: Int, to output: inout [UInt8]) {
        output += prefix.utf8
        append(number, width: width, to: &output)
    }

    /// Appends a number below 1,000,000 with at least `width` digits.
    private static func append(_ number: Int, width: Int, to output: inout [UInt8]) {
        var divisor = 100_000
        var place = 6
        while divisor > 0 {
            if place <= width || number >= divisor || place == 1 { output.append(digits[number / divisor % 10]) }
            divisor /= 10
            place -= 1
        }
    }
}
