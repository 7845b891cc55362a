import MartletCore
import MartletPolicy

/// Frameworks of a tenant, once per version of their content.
public enum FrameworkRecords {
    /// Stores a framework and makes it the active one of its id. False when exactly this content was active already.
    public static func activate(
        _ framework: Framework, tenant: Int64, _ connection: any Connection
    ) throws -> Bool {
        try connection.lock(.numbers(table: "frameworks", tenant: tenant))
        let known = try connection.first(
            "SELECT id, active FROM frameworks WHERE tenant = $1 AND name = $2 AND content = $3",
            [.int(tenant), .text(framework.id), .hash(framework.source.contentHash)]
        ) { (id: $0.int(0), active: $0.int(1) != 0) }
        if known?.active == true { return false }
        try connection.execute(
            "UPDATE frameworks SET active = 0 WHERE tenant = $1 AND name = $2 AND active = 1",
            [.int(tenant), .text(framework.id)])
        if let known {
            try connection.execute(
                "UPDATE frameworks SET active = 1 WHERE tenant = $1 AND id = $2", [.int(tenant), .int(known.id)])
        } else {
            try connection.execute(
                """
                INSERT INTO frameworks
                    (tenant, id, name, active, content, added_at, document, evaluation, label, version)
                SELECT $1, COALESCE(MAX(id), 0) + 1, $2, 1, $3, $4, $5, $6, $7, $8 FROM frameworks WHERE tenant = $1
                """,
                [
                    .int(tenant), .text(framework.id), .hash(framework.source.contentHash),
                    .int(try connection.now()), .text(framework.source.canonicalText),
                    .text(framework.evaluationDocument.text), .text(framework.name), .text(framework.version),
                ])
        }
        return true
    }

    /// Takes a framework out of use; history keeps it. False when there is no such framework.
    public static func deactivate(id: String, tenant: Int64, _ connection: any Connection) throws -> Bool {
        // As whoever adds does: otherwise a removal could come between what that has read and what it writes.
        try connection.lock(.numbers(table: "frameworks", tenant: tenant))
        let changed = try connection.execute(
            "UPDATE frameworks SET active = 0 WHERE tenant = $1 AND name = $2 AND active = 1",
            [.int(tenant), .text(id)])
        return changed > 0
    }

    /// All contents of frameworks that a tenant has and had, by the frameworks' ids.
    public static func holdings(
        tenant: Int64, _ connection: any Connection
    ) throws -> [String: [DefaultFrameworks.Holding]] {
        var holdings: [String: [DefaultFrameworks.Holding]] = [:]
        try connection.query("SELECT name, content, active FROM frameworks WHERE tenant = $1", [.int(tenant)]) { row in
            let holding = DefaultFrameworks.Holding(content: row.hash(1), isActive: row.int(2) != 0)
            holdings[row.text(0), default: []].append(holding)
        }
        return holdings
    }

    /// The numbers of the active frameworks, ascending.
    public static func active(tenant: Int64, _ connection: any Connection) throws -> [Int64] {
        var numbers: [Int64] = []
        try connection.query(
            "SELECT id FROM frameworks WHERE tenant = $1 AND active = 1 ORDER BY id", [.int(tenant)]
        ) { numbers.append($0.int(0)) }
        return numbers
    }

    /// One stored framework, whole.
    public static func load(
        _ number: Int64, tenant: Int64, _ connection: any Connection
    ) throws -> Framework? {
        try connection.first(
            "SELECT name, document FROM frameworks WHERE tenant = $1 AND id = $2", [.int(tenant), .int(number)]
        ) { try framework($0.text(0), $0.text(1)) }
    }

    /// What evaluation needs of every framework that is or was active, except those that `known` accepts; one query.
    public static func loadForEvaluation(
        tenant: Int64, except known: (Int64) -> Bool, _ connection: any Connection
    ) throws -> [Int64: Framework] {
        var frameworks: [Int64: Framework] = [:]
        try connection.query("SELECT id, name, evaluation FROM frameworks WHERE tenant = $1", [.int(tenant)]) { row in
            guard !known(row.int(0)) else { return }
            frameworks[row.int(0)] = try framework(row.text(1), row.text(2))
        }
        return frameworks
    }

    private static func framework(_ id: String, _ document: String) throws -> Framework {
        try Framework.load(bytes: Array(document.utf8), fileName: id + ".json")
    }
}
