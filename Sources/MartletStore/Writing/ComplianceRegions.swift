import MartletCore
import MartletPolicy

/// The rows of one requirement in all regions, as one value: a row of the database for each requirement instead of one
/// for each requirement and region takes a fifteenth of the space and of the time.
///
/// For each region, ascending: its number, the status, passed, failed, evaluated and total checks, passed and total
/// findings (``PackedNumbers``).
struct ComplianceRegions {
    private var numbers = PackedNumbers()
    var bytes: [UInt8] { numbers.bytes }

    /// Adds the row of a region; `region` is the store's number.
    mutating func add(_ row: ComplianceRow, region: Int64) {
        numbers.append(region)
        numbers.append(Int64(row.status.rawValue))
        for count in [row.passedChecks, row.failedChecks, row.evaluatedChecks, row.totalChecks] {
            numbers.append(UInt64(UInt32(bitPattern: count)))
        }
        numbers.append(Int64(row.passedFindings))
        numbers.append(Int64(row.totalFindings))
    }

    /// Forgets the rows, for the next requirement.
    mutating func removeAll() { numbers.removeAll() }

    /// Calls `body` with every row and the store's number of its region. Throws ``MartletError`` `database` where the
    /// value is not what ``add(_:region:)`` wrote.
    static func decode(
        _ bytes: [UInt8], requirement: Int32, _ body: (ComplianceRow, _ region: Int64) throws -> Void
    ) throws {
        var place = 0
        while place < bytes.count {
            let region = Int64(bitPattern: try number(bytes, &place))
            let status = RequirementStatus(rawValue: Int(truncatingIfNeeded: try number(bytes, &place)))
            var counts: [UInt64] = []
            for _ in 0..<6 { counts.append(try number(bytes, &place)) }
            guard let status else { throw damaged }
            try body(
                ComplianceRow(
                    requirement: requirement, region: Int32(truncatingIfNeeded: region), status: status,
                    passedChecks: Int32(truncatingIfNeeded: counts[0]),
                    failedChecks: Int32(truncatingIfNeeded: counts[1]),
                    evaluatedChecks: Int32(truncatingIfNeeded: counts[2]),
                    totalChecks: Int32(truncatingIfNeeded: counts[3]),
                    passedFindings: Int(truncatingIfNeeded: counts[4]),
                    totalFindings: Int(truncatingIfNeeded: counts[5])), region)
        }
    }

    private static func number(_ bytes: [UInt8], _ place: inout Int) throws -> UInt64 {
        guard let value = PackedNumbers.take(bytes, &place) else { throw damaged }
        return value
    }

    private static var damaged: MartletError {
        MartletError(
            .database, "A row of compliance_rows is damaged; restore a backup, or publish the account's next scan.")
    }
}
