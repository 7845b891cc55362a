/// A set of code points as ascending ranges that do not touch.
struct RegexClass: Sendable, Hashable {
    private(set) var ranges: [ClosedRange<UInt32>]

    static let last: UInt32 = 0x10FFFF

    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let before = merged.last, range.lowerBound <= before.upperBound &+ 1 {
                merged[merged.count - 1] = before.lowerBound...max(before.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

    func contains(_ value: UInt32) -> Bool {
        if ranges.count <= 4 { return ranges.contains { $0.contains(value) } }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }

    /// All other code points.
    var inverted: RegexClass {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= RegexClass.last { gaps.append(next...RegexClass.last) }
        return RegexClass(gaps)
    }

    func union(_ other: RegexClass) -> RegexClass { RegexClass(ranges + other.ranges) }

    static let foldedCount = 3_000

    /// With the other case of each letter. In large classes only letters below U+0250 are looked at.
    var caseFolded: RegexClass {
        let count = ranges.reduce(0) { $0 + $1.count }
        let limit: UInt32 = count <= RegexClass.foldedCount ? RegexClass.last : 0x24F
        var variants: [ClosedRange<UInt32>] = []
        for range in ranges where range.lowerBound <= limit {
            for value in range.lowerBound...min(range.upperBound, limit) {
                guard let scalar = Unicode.Scalar(value) else { continue }
                for variant in RegexClass.cases(of: scalar) { variants.append(variant...variant) }
            }
        }
        return RegexClass(ranges + variants)
    }

    private static func cases(of scalar: Unicode.Scalar) -> [UInt32] {
        var cases: [UInt32] = []
        for mapping in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
            let scalars = mapping.unicodeScalars
            if scalars.count == 1, let first = scalars.first { cases.append(first.value) }
        }
        // The signs for Kelvin and the long s are other cases of k and s.
        switch scalar {
        case "k", "K": cases.append(0x212A)
        case "s", "S": cases.append(0x17F)
        case "\u{212A}": cases.append(0x4B)
        case "\u{17F}": cases.append(0x73)
        default: break
        }
        return cases
    }

    // MARK: Named classes

    static let digits = RegexClass([0x30...0x39])
    static let spaces = RegexClass([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let words = RegexClass([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let all = RegexClass([0...RegexClass.last])
    static let allButNewline = RegexClass([0...0x09, 0x0B...RegexClass.last])
}
