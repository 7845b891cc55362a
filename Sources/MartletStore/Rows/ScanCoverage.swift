import MartletCore

/// What one scan covered, as its row keeps it: `[{"r":[region numbers],"c":[check numbers]}, …]`, checks with the same
/// regions together. The state carried forward over scans is in the table of coverage; this is the scan's own part.
public struct ScanCoverage: Sendable {
    /// For each check's number the numbers of the regions that were covered. The region with the empty name stands for
    /// findings that name none.
    public var regionsOfCheck: [Int64: Set<Int64>]

    /// Makes the coverage of one scan.
    public init(regionsOfCheck: [Int64: Set<Int64>]) {
        self.regionsOfCheck = regionsOfCheck
    }

    /// The ids of versions of findings that the scan covered and did not see, but left open because statements of their
    /// checks could not be used.
    public var unseen: Set<Int64> = []

    /// Whether the scan tells about a version that was open all the time: its check and regions were covered, and it is
    /// not one that went unseen.
    public func saw(_ id: Int64, check: Int64, regions: [Int64]) -> Bool {
        covers(check: check, regions: regions) && !unseen.contains(id)
    }

    /// The stored form.
    public var text: String {
        var groups: [[Int64]: [Int64]] = [:]
        for (check, regions) in regionsOfCheck { groups[regions.sorted(), default: []].append(check) }
        var writer = JSONWriter()
        writer.beginArray()
        for (regions, checks) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            writer.beginObject()
            writer.key("r")
            Self.write(regions, to: &writer)
            writer.key("c")
            Self.write(checks.sorted(), to: &writer)
            writer.endObject()
        }
        if !unseen.isEmpty {
            writer.beginObject()
            writer.key("u")
            Self.write(unseen.sorted(), to: &writer)
            writer.endObject()
        }
        writer.endArray()
        return writer.text
    }

    /// Reads the stored form.
    public init(text: String) throws {
        regionsOfCheck = [:]
        guard !text.isEmpty else { return }
        for group in try JSONValue.parse(text).arrayValue ?? [] {
            unseen.formUnion(group["u"]?.arrayValue?.compactMap(\.intValue) ?? [])
            let regions = group["r"]?.arrayValue?.compactMap(\.intValue) ?? []
            for check in group["c"]?.arrayValue?.compactMap(\.intValue) ?? [] {
                regionsOfCheck[check, default: []].formUnion(regions)
            }
        }
    }

    /// Whether the scan covered a check in all of these regions.
    public func covers(check: Int64, regions: [Int64]) -> Bool {
        guard let covered = regionsOfCheck[check] else { return false }
        return regions.allSatisfy(covered.contains)
    }

    private static func write(_ numbers: [Int64], to writer: inout JSONWriter) {
        writer.beginArray()
        for number in numbers { writer.int(number) }
        writer.endArray()
    }
}
