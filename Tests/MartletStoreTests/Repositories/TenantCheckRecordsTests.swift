import MartletCore
import Testing

@testable import MartletStore

@Suite("TenantCheckRecords")
struct TenantCheckRecordsTests {
    @Test("checks and parameters: set, replace, list, remove; another tenant sees nothing", arguments: Driver.all)
    func lifeCycle(driver: Driver) async throws {
        try await driver.withStore { store in
            let tenant = store.tenant
            let other = try await Store.open(database: store.database, url: "test:x", tenant: "second")
            try await store.database.write { connection in
                try TenantCheckRecords.set("b", files: "1", tenant: tenant, connection)
                try TenantCheckRecords.set("a", files: "2", tenant: tenant, connection)
                try TenantCheckRecords.set("a", files: "3", tenant: tenant, connection)
                try TenantCheckRecords.setParameters(of: "x", to: "{}", tenant: tenant, connection)
                try TenantCheckRecords.setParameters(of: "x", to: #"{"n":1}"#, tenant: tenant, connection)
                try TenantCheckRecords.setParameters(of: "y", to: "{}", tenant: tenant, connection)
                try TenantCheckRecords.setParameters(of: "y", to: nil, tenant: tenant, connection)
            }
            let rows = try await store.read { try $0.tenantChecks() }
            #expect(rows.map(\.check) == ["a", "b"] && rows.map(\.files) == ["3", "1"])
            let ids = try await store.read { try $0.tenantCheckIDs() }
            let single = try await store.read { [try $0.tenantCheck("b"), try $0.tenantCheck("x")] }
            #expect(ids == ["a", "b"] && single == [rows[1], nil])
            let changes = try await store.read { try $0.checkParameters() }
            #expect(changes.map(\.check) == ["x"] && changes.map(\.changes) == [#"{"n":1}"#])
            let seen = try await other.read { try $0.tenantChecks().count + $0.checkParameters().count }
            #expect(seen == 0)
            let (one, removed, again, theirs) = try await store.database.write { connection in
                (
                    try TenantCheckRecords.parameters(of: "x", tenant: tenant, connection),
                    try TenantCheckRecords.remove("a", tenant: tenant, connection),
                    try TenantCheckRecords.remove("a", tenant: tenant, connection),
                    try TenantCheckRecords.remove("b", tenant: other.tenant, connection)
                )
            }
            #expect(one == #"{"n":1}"# && removed && !again && !theirs)
            let left = try await store.read { try $0.tenantChecks().map(\.check) }
            #expect(left == ["b"])
        }
    }
}
