import MartletCore

@testable import MartletStore

/// Puts rows into every table of a tenant, whatever its columns, so that nothing is forgotten when a table is added.
struct Filler {
    let connection: any Connection
    private static let texts: Set<String> = [
        "uid", "name", "provider", "organization", "organization_name", "published_scan", "scan", "worker", "host",
        "source_name", "origin", "scope", "config", "counts", "coverage", "error_code", "error_message", "service",
        "title", "document", "discriminator", "detail", "type", "partition_name", "data", "tags", "mute", "reason",
        "rule", "evaluation",
    ]
    private static let bytes: Set<String> = ["statement_key", "fingerprint", "uid_key", "content"]
    private static let nullable: Set<String> = ["closed_in", "closed_as", "score", "failing_since"]

    /// Two rows in each of `tables` for an account of a tenant. Values are unique per tenant, account and row.
    func fill(_ tables: [String], _ account: AccountID) throws {
        for table in tables {
            let columns = try connection.columns(of: table)
            for number in 1...2 as ClosedRange<Int64> {
                // An account has one row in these.
                if number == 2, ["accounts", "fences", "leases", "tenants"].contains(table) { continue }
                let values = columns.map { value(of: $0, in: table, account, number) }
                let marks = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
                try connection.execute(
                    "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))", values)
            }
        }
    }

    private func value(of column: String, in table: String, _ account: AccountID, _ number: Int64) -> Value {
        let unique = account.tenant * 1_000_000 + account.account * 1_000 + number
        switch (table, column) {
        case (_, "tenant"), ("tenants", "id"): return .int(account.tenant)
        case (_, "account"), ("accounts", "id"): return .int(account.account)
        case ("accounts", "provider"): return .text("aws")
        case ("scans", "state"): return .text(number == 1 ? "completed" : "running")
        case ("scans", "source"): return .text("s")
        case ("resources", "region"): return .text("r")
        case ("scans", "id"), ("mutes", "id"): return .text("\(table)-\(unique)")
        case ("check_texts", _) where column == "content": return .hash(ContentHash(high: 9, low: UInt64(unique)))
        case _ where Self.nullable.contains(column): return .null
        case _ where Self.bytes.contains(column): return .hash(ContentHash(high: 5, low: UInt64(unique)))
        case _ where Self.texts.contains(column): return .text("\(column)-\(unique)")
        default: return .int(unique)
        }
    }
}
