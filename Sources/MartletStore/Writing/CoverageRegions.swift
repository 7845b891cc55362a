import MartletCore

/// What became of one check in its regions, as one value: a row of the database for each check instead of one for each
/// check and region. For each region, ascending: its number and the state (``PackedNumbers``).
enum CoverageRegions {
    static func encode(_ states: [Int64: CoverageState]) -> [UInt8] {
        var numbers = PackedNumbers()
        for (region, state) in states.sorted(by: { $0.key < $1.key }) {
            numbers.append(region)
            numbers.append(Int64(state.rawValue))
        }
        return numbers.bytes
    }

    /// Calls `body` with every region's number and state. Throws ``MartletError`` `database` where the value is not what
    /// ``encode(_:)`` gives.
    static func decode(_ bytes: [UInt8], _ body: (_ region: Int64, CoverageState) throws -> Void) throws {
        var place = 0
        while place < bytes.count {
            guard let region = PackedNumbers.take(bytes, &place), let number = PackedNumbers.take(bytes, &place),
                let state = CoverageState(rawValue: Int(truncatingIfNeeded: number))
            else {
                throw MartletError(
                    .database, "A row of coverage is damaged; restore a backup, or publish the account's next scan.")
            }
            try body(Int64(bitPattern: region), state)
        }
    }
}
