import MartletCore
import MartletPolicy
import MartletReference
import Testing

@testable import MartletEngine
@testable import MartletStore

/// A scan in which nothing changed keeps the posture that was evaluated before, unless something else has changed.
@Suite("Posture of a scan that repeats another")
struct RepeatedScanTests {
    private static let statements = (0..<24).map { number in
        Statement(
            check: "c\(number % 5)", regions: ["r\(number % 3)"], uid: "u\(number / 2)",
            status: number % 4 == 0 ? .fail : .pass, tags: [Tag(key: "k", value: "\(number / 2 % 2)")])
    }

    private static func with(_ body: (TestStore) async throws -> Void) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.administration.addMute(MuteRule(id: "m", checks: ["c1"], reason: "r"))
            try await test.run(statements, at: 1)
            try await body(test)
        }
    }

    /// Imports and tells whether the posture was evaluated.
    private static func evaluates(
        _ test: TestStore, _ statements: [Statement] = statements, at time: Int64,
        _ options: ImportOptions = ImportOptions()
    ) async throws -> Bool {
        await test.store.database.setStatementLog(true)
        try await test.run(MemorySource(statements, at: time), options)
        let log = await test.store.database.statementLog()
        await test.store.database.setStatementLog(false)
        return log.contains { $0.contains("FROM compliance_rows") }
    }

    /// Evaluates anew and expects nothing else than what holds already.
    private static func expectCurrent(_ test: TestStore, _ context: Comment) async throws {
        let before = try await PostureDump.rows(test.store)
        let shown = try await test.store.read { try $0.scans().first?.counts.muted }
        let tenant = test.store.tenant
        let catalog = try await FrameworkCatalog.load(test.store)
        let key = try Statement.account
        let fresh = try await test.store.database.write { connection in
            let id = try #require(try Accounts.existingAccount(key, tenant: tenant, connection))
            let kept = try #require(try EvaluatedPosture.last(of: id, connection))
            let generation = try Accounts.counters(id, connection).published
            let posture = try PostureEvaluation(
                account: id, key: key, generation: generation, connection: connection
            ).run(rules: try MuteRecords.all(tenant: tenant, connection).map(\.rule), catalog: catalog)
            #expect(posture == kept, context)
            return posture
        }
        #expect(fresh.muted == shown, context)
        PostureDump.expectEqual(try await PostureDump.rows(test.store), before, context.rawValue)
    }

    @Test("nothing is evaluated where nothing has changed, and what is reported is the same")
    func repeated() async throws {
        try await Self.with { test in
            let first = try #require(try await test.store.read { try $0.scans().first })
            #expect(try await !Self.evaluates(test, at: 2))
            let second = try #require(try await test.store.read { try $0.scans().first })
            #expect(second.generation == 2 && second.complianceRows == first.complianceRows)
            #expect(second.counts.muted == first.counts.muted && second.counts.muted > 0)
            #expect(second.resources == 12 && second.tags == 12 && first.resources == 12)
            let account = try #require(try await test.store.read { try $0.accounts().first })
            #expect(account.published == 2 && account.postureVersion >= 2 && !account.pending)
            try await Self.expectCurrent(test, "repeated")
        }
    }

    @Test("a finding, a resource or a region more, or less, is enough")
    func changes() async throws {
        try await Self.with { test in
            var time: Int64 = 1
            func expectEvaluated(_ context: Comment, _ change: (inout [Statement]) -> Void) async throws {
                var said = Self.statements
                change(&said)
                time += 1
                #expect(try await Self.evaluates(test, said, at: time), context)
                try await Self.expectCurrent(test, context)
                time += 1
                #expect(try await !Self.evaluates(test, said, at: time), context)
            }
            try await expectEvaluated("status") { $0[1].status = .fail }
            try await expectEvaluated("detail") { $0[2].detail = "other" }
            try await expectEvaluated("resource") {
                $0[4].tags = []; $0[5].tags = []
            }
            try await expectEvaluated("gone") { $0.removeLast() }
            try await expectEvaluated("new") { $0.append(Statement(check: "c9", regions: ["r0"], uid: "new")) }
            try await expectEvaluated("region") { $0.append(Statement(check: "c1", regions: ["r7"], uid: "u0")) }
        }
    }

    @Test("a framework, a mute, its end or a configuration that came meanwhile is evaluated")
    func rules() async throws {
        try await Self.with { test in
            let tenant = test.store.tenant
            // Each as a change leaves it that was interrupted before its evaluation.
            try await test.store.database.write { connection in
                let text = EstateFrameworks.house.replacing(#""c0", "c1""#, with: #""c0", "c2""#)
                let framework = try Framework.load(bytes: Array(text.utf8), fileName: "house_aws.json")
                #expect(try FrameworkRecords.activate(framework, tenant: tenant, connection))
            }
            #expect(try await Self.evaluates(test, at: 2))
            try await Self.expectCurrent(test, "framework")
            let lasting = MuteRule(
                id: "n", checks: ["c2"], reason: "n", expiresAt: Timestamp(milliseconds: 9_000_000_000_000))
            try await test.store.database.write { try MuteRecords.add(lasting, tenant: tenant, $0) }
            #expect(try await Self.evaluates(test, at: 3))
            try await Self.expectCurrent(test, "mute")
            #expect(try await !Self.evaluates(test, at: 4))
            var ended = lasting
            ended.expiresAt = Timestamp(milliseconds: 1)
            let rule = ended
            try await test.store.database.write { connection in
                _ = try MuteRecords.remove(id: "n", tenant: tenant, connection)
                try MuteRecords.add(rule, tenant: tenant, connection)
            }
            #expect(try await Self.evaluates(test, at: 5))
            try await Self.expectCurrent(test, "end")
            var options = ImportOptions()
            options.config = try JSONValue.parse(#"{"days": 90}"#)
            #expect(try await Self.evaluates(test, at: 6, options))
            try await Self.expectCurrent(test, "configuration")
            #expect(try await !Self.evaluates(test, at: 7, options))
        }
    }
}
