import MartletCore
import MartletReference
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

/// How many statements a scan costs: constant, whatever its size.
@Suite("Hot paths")
struct StatementTests {
    struct Size: Sendable, CustomTestStringConvertible {
        var findings: Int
        var regions: Int
        var frameworks: Int
        var testDescription: String { "\(findings) findings, \(regions) regions, \(frameworks) frameworks" }
    }

    /// The statements of each transaction.
    struct Cost: Equatable {
        var batches: [Int]
        var publish: [Int]
    }

    static let sizes = [
        Size(findings: 10, regions: 1, frameworks: 1), Size(findings: 1_000, regions: 1, frameworks: 1),
        Size(findings: 1_000, regions: 20, frameworks: 1), Size(findings: 1_000, regions: 20, frameworks: 5),
        Size(findings: 1_000, regions: 15, frameworks: 20), Size(findings: 5_000, regions: 20, frameworks: 5),
    ]

    private static func statements(_ size: Size, status: Status, seen: (Int) -> Bool = { _ in true }) -> [Statement] {
        (0..<size.findings).filter(seen).map { number in
            Statement(
                check: "c\(number % 5)", regions: ["r\(number % size.regions)"], uid: "u\(number / 2)", status: status,
                type: status == .fail ? "T" : "S", tags: [Tag(key: "k", value: "v\(number / 2 % 3)")])
        }
    }

    /// The statements of each transaction that contains a marker.
    private static func transactions(_ log: [String], with marker: String) -> [[String]] {
        var found: [[String]] = []
        var current: [String] = []
        for statement in log {
            if statement.hasPrefix("BEGIN") { current = [] }
            current.append(statement)
            if statement == "COMMIT", current.contains(where: { $0.contains(marker) }) { found.append(current) }
        }
        return found
    }

    /// The statements of one import in a number of batches: of each batch and of publish.
    private func cost(
        _ test: TestStore, _ statements: [Statement], at time: Int64, batches: Int = 2,
        with marker: String = "FROM findings WHERE tenant = $1 AND account = $2 AND fingerprint"
    ) async throws -> Cost {
        await test.store.database.setStatementLog(true)
        try await test.run(statements, at: time, batch: (statements.count + 1) / batches)
        let log = await test.store.database.statementLog()
        await test.store.database.setStatementLog(false)
        return Cost(
            batches: Self.transactions(log, with: marker).map(\.count),
            publish: Self.transactions(log, with: "UPDATE accounts SET published").map(\.count)
        )
    }

    @Test("a batch and publish have a fixed number of statements", arguments: sizes)
    func constant(size: Size) async throws {
        try await TestStore.with { test in
            for number in 0..<size.frameworks {
                try await test.addFramework("house\(number)_aws", EstateFrameworks.house)
            }
            let failing = Self.statements(size, status: .fail)
            // In an account's first scan nothing is looked up but what the scan itself has said before.
            let first = try await self.cost(test, failing, at: 1, with: "LOAD findings")
            let same = try await self.cost(test, failing, at: 2)
            let changed = try await self.cost(test, Self.statements(size, status: .pass), at: 3)
            let half = Self.statements(size, status: .pass) { $0 < size.findings / 2 }
            let gone = try await self.cost(test, half, at: 4, batches: 1)
            // The first batch also looks up names; begin and commit count.
            #expect(first == Cost(batches: [14, 8], publish: [48]))
            #expect(same == Cost(batches: [8, 6], publish: [31]))
            #expect(changed == Cost(batches: [11, 9], publish: [58]))
            #expect(gone == Cost(batches: [8], publish: [58]))
        }
    }

    /// Whoever has lost the account finds out before anything of it is kept, and holds its fence for the shortest time; two
    /// that write the same rows meet in the same order, so neither locks the other out.
    @Test("a batch looks up, loads in the order of keys, and proves its token last; nobody is notified")
    func order() async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            await test.store.database.setStatementLog(true)
            for status in [Status.fail, .pass] {
                let said = Self.statements(Size(findings: 60, regions: 3, frameworks: 2), status: status)
                // Two of three parts and then the rest: the source's order is not that of the keys.
                try await test.run(said.reversed(), at: status == .fail ? 1 : 2, batch: 40)
            }
            let log = await test.store.database.statementLog()
            await test.store.database.setStatementLog(false)
            let batches = Self.transactions(log, with: "LOAD findings")
            #expect(batches.count == 4)
            for batch in batches {
                let proofs = batch.indices.filter { batch[$0].contains("FROM fences") }
                let proof = try #require(proofs.first)
                #expect(proofs.count == 1)
                let lookUps = batch.indices.filter { batch[$0].contains("AND fingerprint = $3") }
                let loads = batch.indices.filter {
                    batch[$0].hasPrefix("LOAD findings") || batch[$0].hasPrefix("LOAD resources")
                }
                #expect((lookUps.max() ?? 0) < (loads.min() ?? 0), "\(batch)")
                let writes = ["LOAD ", "INSERT ", "UPDATE ", "DELETE "]
                let after = batch[(proof + 1)...].filter { statement in writes.contains { statement.hasPrefix($0) } }
                #expect(after.count == 1 && after[0].hasPrefix("UPDATE leases"), "\(batch)")
            }
            #expect(!Self.transactions(log, with: "UPDATE accounts SET published").isEmpty)
            #expect(!log.contains { $0.lowercased().contains("notify") })
            try await test.store.database.read { connection in
                for (table, key) in [("findings", "fingerprint"), ("resources", "uid_key")] {
                    var keys: [String: [String]] = [:]
                    try connection.query("SELECT opened_in, hex(\(key)) FROM \(table) ORDER BY id") {
                        keys["\($0.int(0))", default: []].append($0.text(1))
                    }
                    #expect(keys.count == 2)
                    for (_, keys) in keys {
                        // One descent at the most, from the first batch to the second.
                        let descents = zip(keys, keys.dropFirst()).count { $0 > $1 }
                        #expect(keys.count > 15 && descents <= 1, "\(table)")
                    }
                }
            }
        }
    }

    /// Rows of data are never locked for their own sake; what is locked are accounts, fences and jobs, and the tenant while an
    /// account is made, so that none is made in a tenant that is being removed.
    @Test("an import locks no row of findings, resources or what is computed from them")
    func noLocks() async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            await test.store.database.setStatementLog(true)
            for status in [Status.fail, .pass] {
                let said = Self.statements(Size(findings: 40, regions: 3, frameworks: 2), status: status)
                try await test.run(said + said, at: status == .fail ? 1 : 2, batch: 9)
            }
            for statement in await test.store.database.statementLog() {
                guard statement.contains(" FOR UPDATE") || statement.contains(" SHARE") else { continue }
                let makesAccount = statement.hasPrefix("INSERT INTO accounts") && statement.contains("FROM tenants")
                #expect(statement.contains("FROM fences") || makesAccount, "\(statement)")
            }
            await test.store.database.setStatementLog(false)
        }
    }

    @Test("at most two batches are read ahead of the one that is being written")
    func bounded() async throws {
        try await TestStore.with { test in
            let state = Mutex((pulled: 0, written: 0, ahead: 0))
            let statements = Self.statements(Size(findings: 600, regions: 3, frameworks: 0), status: .fail)
            let source = MemorySource(statements, at: 1, batch: 20) { _ in
                state.withLock { state in
                    state.pulled += 1
                    state.ahead = max(state.ahead, state.pulled - state.written)
                }
            }
            _ = try await Importer(store: test.store).run(source: source, origin: "test", options: ImportOptions()) {
                progress in
                state.withLock { $0.written = progress.findings / 20 }
            }
            let (pulled, written, ahead) = state.withLock { $0 }
            #expect(pulled == 31 && written == 30)
            // One is being written, one is prepared, one is read.
            #expect((2...3).contains(ahead))
        }
    }
}
