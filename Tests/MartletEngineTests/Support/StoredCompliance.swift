@testable import MartletStore

/// Compliance rows as the table holds them.
enum StoredCompliance {
    /// How many rows hold now: one for each requirement and region.
    static func count(_ connection: any Connection) throws -> Int {
        var count = 0
        try connection.query("SELECT regions FROM compliance_rows WHERE closed_in IS NULL") { row in
            try ComplianceRegions.decode(row.bytes(0), requirement: 0) { _, _ in count += 1 }
        }
        return count
    }
}
