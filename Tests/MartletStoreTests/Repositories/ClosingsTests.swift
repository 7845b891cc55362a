import MartletCore
import Testing

@testable import MartletStore

@Suite("Closings")
struct ClosingsTests {
    private func identifiers(_ connection: any Connection) throws -> [Int64: Int64] {
        var numbers: [Int64: Int64] = [:]
        try connection.query("SELECT fingerprint, id FROM findings") { numbers[Int64($0.hash(0).high)] = $0.int(1) }
        return numbers
    }

    @Test("candidates are what holds and was published, of one source", arguments: Driver.all)
    func candidates(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                let other = try Sample.account("222", store.tenant, connection)
                try Findings.open((1...4).map { Sample.finding($0) }, account, generation: 1, connection)
                try Findings.open([Sample.finding(5, source: 2)], account, generation: 1, connection)
                try Findings.open([Sample.finding(6, status: .pass, check: 9)], account, generation: 2, connection)
                try Findings.open([Sample.finding(7)], account, generation: 3, connection)
                try Findings.open([Sample.finding(8)], other, generation: 1, connection)
                let numbers = try identifiers(connection)
                try Closings.close(
                    findings: [(id: numbers[1] ?? 0, reason: .gone)], account, generation: 2, connection)
                var found: [Int64: Closings.Candidate] = [:]
                try Closings.candidates(account, source: 1, published: 2, connection) { found[$0.id] = $0 }
                #expect(Set(found.keys) == Set([2, 3, 4, 6].compactMap { numbers[$0] }))
                let six = try #require(found[numbers[6] ?? 0])
                #expect(six.status == .pass && six.check == 9 && six.regions == 1)
            }
        }
    }

    @Test("closing twice, or what is not there, is refused", arguments: Driver.all)
    func refused(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            let id = try await store.database.write { connection in
                try Findings.open([Sample.finding(1), Sample.finding(2)], account, generation: 1, connection)
                return try #require(try self.identifiers(connection)[1])
            }
            try await store.database.write { try Closings.close(findings: [], account, generation: 2, $0) }
            try await store.database.write {
                try Closings.close(findings: [(id: id, reason: .replaced)], account, generation: 2, $0)
            }
            let rows = try await store.database.read { try $0.dump("findings") }
            for wrong in [id, 999] {
                await expectError(.database) {
                    try await store.database.write {
                        try Closings.close(findings: [(id: wrong, reason: .gone)], account, generation: 3, $0)
                    }
                }
            }
            let stored = try await store.database.read { try $0.dump("findings") }
            #expect(stored == rows)
            let reasons = try await store.database.read { connection in
                var reasons: [Int64?] = []
                try connection.query("SELECT closed_in, closed_as FROM findings ORDER BY fingerprint") {
                    reasons += [$0.optionalInt(0), $0.optionalInt(1)]
                }
                return reasons
            }
            #expect(reasons == [2, 1, nil, nil])
        }
    }

    @Test("a resource goes with its last open finding", arguments: Driver.all)
    func resources(driver: Driver) async throws {
        try await driver.withAccount { store, account in
            try await store.database.write { connection in
                let other = try Sample.account("222", store.tenant, connection)
                // Resource 1 loses all findings, 2 keeps one, 3 loses none but is replaced, 4 has none in this scan.
                try Resources.open((1...4).map { Sample.resource($0) }, account, generation: 1, batch: 0, connection)
                try Resources.open([Sample.resource(1)], other, generation: 1, batch: 0, connection)
                let owners: [Int: Int64] = [1: 1, 2: 1, 3: 2, 4: 2, 5: 3]
                try Findings.open(
                    owners.map { Sample.finding($0, resource: $1) }, account, generation: 1, connection)
                let numbers = try identifiers(connection)
                try Closings.close(
                    findings: [1, 2, 3].map { (id: numbers[$0] ?? 0, reason: .gone) }, account, generation: 2,
                    connection)
                let third = try #require(
                    try connection.first("SELECT id FROM resources WHERE resource = 3") { $0.int(0) })
                try Closings.close(replacedResources: [third], account, generation: 2, connection)
                try Closings.closeResources(
                    ofGone: [1, 2, 3].compactMap { numbers[$0] }, account, generation: 2, connection)
                var closed: [Int64: Int64] = [:]
                try connection.query("SELECT account, resource, closed_in FROM resources") { row in
                    closed[row.int(0) * 10 + row.int(1)] = row.optionalInt(2) ?? 0
                }
                let base = account.account * 10
                #expect(closed == [base + 1: 2, base + 2: 0, base + 3: 2, base + 4: 0, other.account * 10 + 1: 0])
            }
        }
    }
}
