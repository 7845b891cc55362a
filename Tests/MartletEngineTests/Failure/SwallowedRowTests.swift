import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A database that loses a row without an error: counts are compared, and nothing of the scan is published.
@Suite("Rows that a database swallows")
struct SwallowedRowTests {
    /// What the database swallows of the second scan.
    struct Loss: Sendable, CustomTestStringConvertible {
        var table: String
        var event = "INSERT"
        var testDescription: String { "\(event) \(table)" }
    }

    static let losses =
        [
            "findings", "resources", "resource_tags", "coverage", "check_holdings", "finding_mutes", "compliance_rows",
            "framework_summaries", "scores", "postures",
        ].map { Loss(table: $0) }
        + ["findings", "resources", "check_holdings", "finding_mutes", "compliance_rows", "postures"].map {
            Loss(table: $0, event: "UPDATE")
        }

    /// Makes the database swallow, from here on, one kind of row of generation 2, or what closes rows in it.
    private static func swallow(_ loss: Loss, _ test: TestStore) async throws {
        let condition = loss.event == "INSERT" ? "NEW.opened_in = 2" : "NEW.closed_in = 2"
        try await test.store.database.scoped(to: .owner).write { connection in
            guard connection.dialect == .postgresql else {
                try connection.execute(
                    """
                    CREATE TRIGGER swallow BEFORE \(loss.event) ON \(loss.table) WHEN \(condition)
                    BEGIN SELECT RAISE(IGNORE); END
                    """)
                return
            }
            try connection.execute(
                "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
            try connection.execute(
                """
                CREATE TRIGGER swallow BEFORE \(loss.event) ON \(loss.table) FOR EACH ROW WHEN (\(condition))
                EXECUTE FUNCTION swallow()
                """)
        }
    }

    /// Two scans of which the second changes something in every table.
    private static func statements(_ scan: Int) -> [Statement] {
        (0..<30).map { number in
            Statement(
                check: "c\(number % 5)", regions: ["r\(number % 7 / 2 + scan)"], uid: "u\(number / 2)",
                status: number % 3 == 0 && scan == 0 ? .fail : .pass, type: "T\(scan)",
                tags: [Tag(key: "k", value: "\(scan)")], title: "t\(scan)")
        }
    }

    @Test("are noticed, and what was published stays", arguments: losses)
    func noticed(loss: Loss) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.administration.addMute(MuteRule(id: "m", checks: ["c1"], reason: "r"))
            try await test.run(Self.statements(0), at: 1)
            try await Self.swallow(loss, test)
            let before = try await PostureDump.rows(test.store)
            let said = Self.statements(1)
            // Said twice, which is no loss: only the swallowed row makes the books wrong.
            let error = await expectError(.database) { try await test.run(said + said, at: 2, batch: 13) }
            #expect(error?.message.isEmpty == false)
            PostureDump.expectEqual(try await PostureDump.rows(test.store), before, loss.testDescription)
            let failed = try await test.store.read { try $0.scans().first }
            #expect(failed?.state == .failed && failed?.errorCode == "database")

            try await test.store.database.scoped(to: .owner).write { connection in
                let table = connection.dialect == .postgresql ? " ON \(loss.table)" : ""
                try connection.execute("DROP TRIGGER swallow\(table)")
            }
            let report = try await test.run(said + said, at: 2, batch: 13)
            #expect(report.scan.state == .completed && report.scan.counts.duplicates == 30)
            #expect(report.scan.counts.read == 60)
        }
    }

    @Test("ordinary duplicates, merges and repetitions are no loss", arguments: [1, 7, 1_000])
    func duplicates(batch: Int) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            for (number, statements) in RandomEstate(seed: 61, scans: 3).scans.enumerated() {
                let said = statements + statements + statements.reversed()
                let counts = try await test.run(said, at: Int64(number), batch: batch).scan.counts
                let distinct = Set(statements.map(Reference.Key.init)).count
                #expect(counts.read == Int64(said.count) && counts.rejected == 0)
                #expect(counts.duplicates == Int64(said.count - distinct))
                #expect(
                    counts.new + counts.changed + counts.updated + counts.unchanged + counts.returned
                        == Int64(distinct))
            }
        }
    }
}
