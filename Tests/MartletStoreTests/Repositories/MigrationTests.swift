import Testing

@testable import MartletStore

@Suite("Migrations")
struct MigrationTests {
    /// What stands after a line's comment, if it makes an index: the index's name, empty where the table gives none.
    private static func index(_ line: Substring) -> String? {
        if let made = line.firstMatch(of: /^CREATE (?:UNIQUE )?INDEX ([a-z_]+)/) { return String(made.1) }
        return line.contains(/\bUNIQUE\b/) ? "" : nil
    }

    @Test("every index has the query that it is for above it")
    func indexes() {
        var (known, count): (Set<String>, Int) = ([], 0)
        for migration in Migration.all {
            for text in [migration.text, migration.postgresText, migration.sqliteText] {
                var comment: [Substring] = []
                for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                    guard !line.hasPrefix("--") else {
                        comment.append(line)
                        continue
                    }
                    // One that is made anew was explained where it was made first.
                    if let name = Self.index(line), name.isEmpty || known.insert(name).inserted {
                        count += 1
                        let words = comment.joined(separator: " ")
                        let hasQuery = words.contains("WHERE ") || words.contains("ON CONFLICT ")
                        #expect(hasQuery, "\(migration.version) \(migration.name): \(line)")
                    }
                    comment = []
                }
            }
        }
        // What recognises them must not miss them all.
        #expect(count > 50 && known.count > 30)
    }

    @Test("comments are no part of a statement", arguments: [Dialect.sqlite, .postgresql])
    func statements(dialect: Dialect) {
        for migration in Migration.all {
            for statement in migration.statements(for: dialect) {
                let first = statement.drop(while: \.isWhitespace).prefix { $0.isUppercase }
                #expect(
                    ["CREATE", "ALTER", "INSERT", "DROP", "UPDATE"].contains(first),
                    "\(migration.version): \(statement)")
                #expect(!statement.contains("--"), "\(migration.version): \(statement)")
            }
        }
    }
}
