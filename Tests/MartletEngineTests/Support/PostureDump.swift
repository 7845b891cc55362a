import MartletPolicy
import Testing

@testable import MartletEngine
@testable import MartletStore

/// Every version row of a store with names in the place of numbers, so that two stores can be compared.
enum PostureDump {
    private static let uid =
        "(SELECT MIN(r.uid) FROM resources r WHERE r.account = t.account AND r.resource = t.resource)"
    private static func name(_ table: String, _ column: String) -> String {
        "(SELECT n.name FROM \(table) n WHERE n.id = t.\(column))"
    }

    /// For each table what is selected from it; what is left out are ids.
    static let queries: [(table: String, columns: [String])] = [
        (
            "findings",
            [
                "hex(fingerprint)", "opened_in", "closed_in", "closed_as", name("sources", "source"),
                name("checks", "check_id"), name("region_sets", "regions"), uid, "status", "severity", "muted", "delta",
                "transition", "ever_failed", "first_seen_at", "failing_since", "observed_at", "hex(content)",
                "discriminator", "detail",
            ]
        ),
        (
            "resources",
            [
                "hex(uid_key)", "opened_in", "closed_in", "hex(content)", "first_seen_at", "updated_at", "tag_count",
                "uid",
                "name", "type", "service", "region", "partition_name", "data", "tags",
            ]
        ),
        // Written out by ``text(_:_:_:_:)``.
        ("resource_tags", ["tag", "opened_in", "account", "resources"]),
        (
            "coverage",
            [
                name("sources", "source"), name("checks", "check_id"), "opened_in", "closed_in", "regions",
            ]
        ),
        (
            "check_holdings",
            [
                name("sources", "source"), name("checks", "check_id"), "opened_in", "closed_in",
                "(SELECT hex(x.content) FROM check_texts x WHERE x.id = t.check_text)",
            ]
        ),
        ("finding_mutes", ["hex(fingerprint)", "opened_in", "closed_in", "mute", "reason"]),
        (
            "compliance_rows",
            [
                name("frameworks", "framework"), "requirement", "opened_in", "closed_in", "regions",
            ]
        ),
        (
            "framework_summaries",
            [
                name("frameworks", "framework"), "opened_in", "closed_in", "passed", "failed", "manual", "errored",
                "incomplete", "muted", "not_evaluated",
            ]
        ),
        ("scores", [name("frameworks", "framework"), "opened_in", "closed_in", "score", "document"]),
        ("postures", ["status", "severity", "muted", "opened_in", "closed_in", "findings"]),
    ]

    static func rows(_ store: Store) async throws -> [String: [String]] {
        try await store.database.read { connection in
            var dump: [String: [String]] = [:]
            let names = try InnerNames(connection)
            for (table, columns) in queries {
                var rows: [String] = []
                try connection.query("SELECT \(columns.joined(separator: ", ")) FROM \(table) t") { row in
                    rows += try text(row, columns, table, names)
                }
                dump[table] = rows.sorted()
            }
            return dump
        }
    }

    /// What stands for numbers inside packed columns.
    private struct InnerNames {
        var regions: [Int64: String] = [:]
        var uids: [[Int64]: String] = [:]

        init(_ connection: any Connection) throws {
            try connection.query("SELECT id, name FROM regions") { regions[$0.int(0)] = $0.text(1) }
            try connection.query("SELECT account, resource, MIN(uid) FROM resources GROUP BY account, resource") {
                uids[[$0.int(0), $0.int(1)]] = $0.text(2)
            }
        }
    }

    /// A row of a query as lines; packed columns are written out.
    private static func text(
        _ row: any Row, _ columns: [String], _ table: String, _ names: InnerNames
    ) throws -> [String] {
        switch table {
        case "resource_tags":
            return ResourceTags.numbers(row.bytes(3)).map {
                "\(row.int(0)) \(names.uids[[row.int(2), $0]] ?? "?") \(row.int(1))"
            }
        case "compliance_rows":
            let packed = columns.firstIndex(of: "regions") ?? 0
            var regions = ""
            try ComplianceRegions.decode(row.bytes(packed), requirement: 0) { stored, region in
                var stored = stored
                stored.region = 0
                regions += " \(names.regions[region] ?? "?"): \(stored)"
            }
            return [columns.indices.filter { $0 != packed }.map { "\(row.value($0))" }.joined(separator: " ") + regions]
        case "coverage":
            var lines: [String] = []
            try CoverageRegions.decode(row.bytes(4)) { region, state in
                let version = (0..<4).map { "\(row.value($0))" }.joined(separator: " ")
                lines.append("\(version) \(names.regions[region] ?? "?") \(state)")
            }
            return lines
        default:
            return [columns.indices.map { "\(row.value($0))" }.joined(separator: " ")]
        }
    }

    /// The aggregates that hold now, whichever generation opened them.
    static func currentAggregates(_ store: Store) async throws -> [String: [String]] {
        try await store.database.read { connection in
            var dump: [String: [String]] = [:]
            let names = try InnerNames(connection)
            for (table, columns) in queries.suffix(5) {
                let columns = columns.filter { $0 != "opened_in" && $0 != "closed_in" }
                var rows: [String] = []
                try connection.query(
                    "SELECT \(columns.joined(separator: ", ")) FROM \(table) t WHERE closed_in IS NULL"
                ) { row in rows += try text(row, columns, table, names) }
                dump[table] = rows.sorted()
            }
            return dump
        }
    }

    static func expectEqual(
        _ left: [String: [String]], _ right: [String: [String]], _ context: String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        for table in Set(left.keys).union(right.keys).sorted() {
            let (one, two) = (Set(left[table] ?? []), Set(right[table] ?? []))
            guard left[table] != right[table] else { continue }
            Issue.record(
                """
                \(context): \(table) differs
                only left: \(one.subtracting(two).sorted().prefix(3))
                only right: \(two.subtracting(one).sorted().prefix(3))
                """, sourceLocation: location)
        }
    }
}
