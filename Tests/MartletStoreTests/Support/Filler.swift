import MartletCore

@testable import MartletStore

/// Puts rows into every table of a tenant, whatever its columns, so that nothing is forgotten when a table is added.
struct Filler {
    let connection: any Connection
    private static let texts: Set<String> = [
        "uid", "name", "provider", "organization", "organization_name", "published_scan", "scan", "worker", "host",
        "source_name", "origin", "scope", "config", "counts", "coverage", "error_code", "error_message", "service",
        "title", "document", "discriminator", "detail", "type", "partition_name", "data", "tags", "mute", "reason",
        "rule", "evaluation", "kind", "key_id", "definition", "filters", "email", "company_name", "title",
        "alias", "created_by", "label", "access", "ingestion", "headers",
    ]
    private static let bytes: Set<String> = [
        "statement_key", "fingerprint", "uid_key", "content", "sealed", "evaluated_from",
    ]
    private static let access: Set<String> = [
        "memberships", "roles", "role_users", "role_groups", "provider_groups", "provider_group_accounts",
        "invitations",
        "invitation_roles", "api_keys", "refresh_families", "audit_log", "signing_keys",
    ]
    private static let accessTexts: Set<String> = [
        "id", "user_id", "role", "provider_group", "invitation", "inviter", "prefix", "actor_kind", "actor_id",
        "actor_name", "action", "subject_type", "subject_id", "address", "request_id",
    ]
    /// Columns of small numbers.
    private static let small: Set<String> = [
        "status", "severity", "muted", "delta", "transition", "ever_failed", "state",
    ]
    private static let nullInEndedJob: Set<String> = [
        "worker", "host", "pid", "cancel_requested_at", "error_code", "error_message", "unique_key", "progress_text",
        "trace", "result",
    ]
    private static let textsOfSchedule: Set<String> = ["id", "payload", "cron", "timezone", "queue", "last_scan"]
    private static let nullable: Set<String> = ["closed_in", "closed_as", "score", "failing_since"]

    /// Two rows in each of `tables` for an account of a tenant. Values are unique per tenant, account and row.
    func fill(_ tables: [String], _ account: AccountID) throws {
        for table in tables {
            let columns = try connection.columns(of: table)
            for number in 1...2 as ClosedRange<Int64> {
                // An account has one row in these.
                if number == 2, ["accounts", "fences", "leases", "tenants", "account_removals"].contains(table) {
                    continue
                }
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
        case ("tenants", "removing_at"): return .null
        case ("tenants", "last_account"): return .int(0)
        case (_, "account"), ("accounts", "id"): return .int(account.account)
        case ("accounts", "provider"): return .text("aws")
        case ("resource_tags", "resources"), ("compliance_rows", "regions"):
            return .bytes([0, 0, 0, UInt8(truncatingIfNeeded: number)])
        case ("coverage", "regions"): return .bytes([UInt8(truncatingIfNeeded: number), 1])
        case ("scans", "state"): return .text(number == 1 ? "completed" : "running")
        case ("jobs", "kind"): return .text("scan")
        case ("jobs", "state"): return .text("completed")
        case ("jobs", "id"), ("jobs", "payload"), ("jobs", "queue"): return .text("\(column)-\(unique)")
        case ("jobs", "losses"), ("jobs", "hand_backs"), ("jobs", "progress"): return .int(0)
        case ("jobs", _) where Self.nullInEndedJob.contains(column): return .null
        case ("schedules", "missed"): return .text("skip")
        case ("schedules", "jitter"), ("schedules", "waiting"): return .int(0)
        case ("schedules", "paused_at"): return .null
        case ("schedules", _) where Self.textsOfSchedule.contains(column): return .text("\(column)-\(unique)")
        case ("users", "id"), ("users", "password"), ("users", "issuer"), ("users", "subject"):
            return .text("\(column)-\(unique)")
        case ("users", "active"), ("roles", "unlimited_visibility"): return .int(1)
        case ("roles", "permissions"), ("api_keys", "scopes"): return .int(number)
        case ("memberships", "role"), ("invitations", "membership"): return .text("owner")
        case ("invitations", "state"): return .text("pending")
        case ("api_keys", "secret"), ("invitations", "token"), ("login_attempts", "id"):
            return .hash(ContentHash(high: 5, low: UInt64(unique)))
        case _ where Self.access.contains(table) && Self.accessTexts.contains(column):
            return .text("\(column)-\(unique)")
        case ("ingestions", "state"): return .text("completed")
        case ("ingestions", "id"): return .text("\(column)-\(unique)")
        case ("idempotency_keys", "request"), ("idempotency_keys", "body"), ("idempotency_keys", "answer"):
            return .hash(ContentHash(high: 5, low: UInt64(unique)))
        case ("scans", "source"): return .text("s")
        case ("resources", "region"): return .text("r")
        case ("scans", "id"), ("mutes", "id"): return .text("\(table)-\(unique)")
        case ("check_texts", _) where column == "content": return .hash(ContentHash(high: 9, low: UInt64(unique)))
        case _ where Self.nullable.contains(column): return .null
        case _ where Self.bytes.contains(column): return .hash(ContentHash(high: 5, low: UInt64(unique)))
        case _ where Self.texts.contains(column): return .text("\(column)-\(unique)")
        case _ where Self.small.contains(column): return .int(number)
        default: return .int(unique)
        }
    }
}
