import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Every endpoint that is not GET: what it changes stands in the audit log, in the transaction of the change.
@Suite("API: every change × the audit log")
struct AuditWalkTests {
    /// Endpoints that write no row here, and why.
    static let silent: [String: String] = [
        "tokens_refresh_create": "goes on with a session, whose beginning, end and misuse are in the log",
        "tenants_destroy": "another owner keeps it from going here (409); RemovalEndpointTests look at its row",
        "tokens_oidc_create": "keeps nothing; there is no provider here",
        "tokens_oidc_callback_create": "there is no provider here; IdentityEndpointTests look at its rows",
    ]

    @Test(
        "a change adds a row, and where no row can be added there is no change", arguments: ServerStore.allCases)
    func rows(place: ServerStore) async throws {
        let endpoints = EndpointTable.all.filter { !$0.method.isSafe }
        for name in Self.silent.keys { #expect(endpoints.contains { $0.operation == name }, "\(name) is none") }
        try await WalkPlace.with(place) { place in
            let log = AuditBlock(place)
            for endpoint in endpoints {
                let name = endpoint.operation
                let call = try await ChangeCall(endpoint, place)
                if Self.silent[name] != nil {
                    let before = try await log.count()
                    let answer = try await call.send(place)
                    let isSilent = try await log.count() == before
                    #expect(isSilent, "\(name) has a row after all (\(answer.status)); it need not be in the list")
                    continue
                }
                let before = try await EndpointWalkTests.dump(place)
                try await log.set(true)
                let refused = try await call.send(place)
                try await log.set(false)
                #expect(refused.status >= 500, "\(name) without a log: \(refused.status) \(refused.text)")
                let after = try await EndpointWalkTests.dump(place)
                for (table, rows) in before where rows != after[table] {
                    Issue.record("\(name) changed \(table) without a row of the audit log")
                }
                #expect(before.keys.sorted() == after.keys.sorted(), "\(name)")

                let count = try await log.count()
                let answer = try await call.send(place)
                #expect((200..<300).contains(answer.status), "\(name): \(answer.status) \(answer.text)")
                #expect(try await log.count() > count, "\(name) succeeded without a row of the audit log")
            }
        }
    }
}

/// The audit log of a place, which can be made to take no rows.
private struct AuditBlock {
    private let place: WalkPlace
    private let isPostgres: Bool

    init(_ place: WalkPlace) {
        self.place = place
        isPostgres = place.api.store.url.hasPrefix("postgresql")
    }

    func set(_ isBlocked: Bool) async throws {
        let statement =
            switch (isPostgres, isBlocked) {
            case (true, true): "ALTER TABLE audit_log ADD CONSTRAINT no_rows CHECK (id = '') NOT VALID"
            case (true, false): "ALTER TABLE audit_log DROP CONSTRAINT no_rows"
            case (false, true):
                "CREATE TRIGGER no_rows BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'no rows'); END"
            case (false, false): "DROP TRIGGER no_rows"
            }
        try await place.api.store.database.scoped(to: .owner).write { _ = try $0.execute(statement) }
    }

    /// Rows of all tenants.
    func count() async throws -> Int64 {
        try await place.api.store.database.scoped(to: .dispatch).read { connection in
            var tenants: [Int64] = []
            try connection.query("SELECT id FROM tenants") { tenants.append($0.int(0)) }
            return try tenants.reduce(0) { count, tenant in
                try connection.enter(.tenant(tenant))
                return count
                    + (try connection.first(
                        "SELECT COUNT(*) FROM audit_log WHERE tenant = $1", [.int(tenant)]
                    ) { $0.int(0) } ?? 0)
            }
        }
    }
}
