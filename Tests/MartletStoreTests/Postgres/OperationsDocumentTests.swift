import Foundation
import MartletCore
import MartletTestSupport
import Testing

@testable import MartletStore

/// What docs/operations.md says of tables and roles is what the database has.
@Suite("Documents: operations")
struct OperationsDocumentTests {
    /// The cells of the rows of a section's tables that begin with a text; names in backquotes.
    private static func row(_ section: String, _ beginning: String) throws -> [Set<String>] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/operations.md"), encoding: .utf8)
        let part = try #require(text.split(separator: "\n## ").first { $0.hasPrefix(section) })
        let line = try #require(part.split(separator: "\n").first { $0.hasPrefix("| " + beginning) })
        return line.dropFirst(2).split(separator: "|").map { cell in
            Set(cell.matches(of: /`([a-z_0-9]+)`/).map { String($0.1) })
        }
    }

    private static func placed(_ beginning: String) throws -> Set<String> {
        try #require(try row("More than one database server", beginning).last { !$0.isEmpty })
    }

    @Test("every table has its place on the way to several servers, and the keys of what is distributed allow it")
    func distribution() async throws {
        let distributed = try Self.placed("distribute")
        let references = try Self.placed("make them reference")
        let coordinator = try Self.placed("leave")
        try await Driver.postgres.withStore { store in
            try await store.everything.read { connection in
                var tables: [String] = []
                var others: Set<String> = []
                var narrow: Set<String> = []
                try connection.query(
                    """
                    SELECT c.relname, (SELECT a.atttypid = 'int4'::regtype FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attname = 'tenant')
                    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                    """
                ) { row in
                    tables.append(row.text(0))
                    if !row.isNull(1), row.int(1) != 0 { narrow.insert(row.text(0)) }
                }
                try connection.query(
                    """
                    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
                    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                    WHERE c.relnamespace = current_schema()::regnamespace AND a.attname IS DISTINCT FROM 'tenant'
                    """
                ) { others.insert($0.text(0)) }
                let named = Array(distributed) + Array(references) + Array(coordinator)
                #expect(named.sorted() == (tables + ["tokens"]).sorted())
                #expect(distributed.isDisjoint(with: others), "\(distributed.intersection(others))")
                #expect(others.isSubset(of: references.union(coordinator)))
                let said = try Self.narrow()
                #expect(said == narrow, "\(narrow)")
            }
            let known = Set(TableCatalog.copied + TableCatalog.notCopied + PostgresSecurity.installationTables)
            #expect(known.isSubset(of: distributed.union(references).union(coordinator)))
        }
    }

    /// The tables whose tenant is narrower than the others'.
    private static func narrow() throws -> Set<String> {
        let cells = try row("More than one database server", "widen")
        return try #require(cells.last { !$0.isEmpty })
    }

    @Test("the dispatch role reads what the document says")
    func dispatch() async throws {
        let said = try #require(try Self.row("Roles", "`martlet_dispatch`").last { !$0.isEmpty })
        try await Driver.postgres.withStore { store in
            let read = try await store.database.scoped(to: .dispatch).read { connection in
                var read: Set<String> = []
                try connection.query(
                    """
                    SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                    AND c.relkind IN ('r', 'p') AND has_any_column_privilege(c.oid, 'SELECT')
                    """
                ) { read.insert($0.text(0)) }
                return read
            }
            #expect(read == said, "\(read.symmetricDifference(said))")
        }
    }
}
