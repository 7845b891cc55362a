import MartletCore
import MartletPolicy
import Synchronization

/// Copying of a whole store, all tenants, into an empty one.
public enum StoreCopy {
    /// Rows that travel at a time.
    private static let portionSize = 1_000
    /// Stands for the number of a tenant where rows belong to none.
    private static let installation: Int64 = -1

    /// Copies one snapshot in one transaction of the target. Throws when the target has data already. Gives the number
    /// of rows copied.
    @discardableResult
    public static func copy(from source: Store, to target: Store) async throws -> Int {
        let channel = RowChannel()
        async let read: Void = source.database.scoped(to: .dispatch).read { connection in
            defer { channel.close() }
            if try sendAll(connection, to: channel) { channel.complete() }
        }
        let written: Int
        do {
            let begun = Atomic(false)
            written = try await target.database.scoped(to: .dispatch).write { connection in
                // The channel's rows can be taken once only, so this transaction cannot be tried again.
                guard !begun.exchange(true, ordering: .relaxed) else {
                    throw MartletError(
                        .io, "The copy was interrupted; nothing was kept, run it again.", place: target.url)
                }
                // The sender is let go when writing fails.
                var finished = false
                defer { if !finished { channel.close() } }
                try requireEmpty(connection, except: source.defaultFrameworks, url: target.url)
                let rows = try receive(from: channel, connection)
                finished = true
                return rows
            }
        } catch {
            channel.close()
            _ = try? await read
            throw error
        }
        try await read
        return written
    }

    private static func tenants(_ connection: any Connection) throws -> [Int64] {
        var tenants: [Int64] = []
        try connection.query("SELECT id FROM tenants ORDER BY id") { tenants.append($0.int(0)) }
        return tenants
    }

    private static func requireEmpty(
        _ connection: any Connection, except defaults: DefaultFrameworks, url: String
    ) throws {
        for tenant in try tenants(connection) {
            try connection.enter(.tenant(tenant))
            // Frameworks that came by themselves are no data; the source has them, too, or its tenant has removed them.
            if defaults.isUntouched(try FrameworkRecords.holdings(tenant: tenant, connection)) {
                try connection.execute("DELETE FROM frameworks WHERE tenant = $1", [.int(tenant)])
            }
            for table in ["accounts", "frameworks", "mutes", "secrets", "external_sources", "tenant_checks"] {
                let row = try connection.first("SELECT 1 FROM \(table) WHERE tenant = $1 LIMIT 1", [.int(tenant)]) {
                    _ in true
                }
                guard row == nil else { throw holdsData(url) }
            }
        }
        try connection.enter(.dispatch)
        for table in TableCatalog.copiedOfInstallation {
            guard try connection.first("SELECT 1 FROM \(table) LIMIT 1", [], { _ in true }) == nil else {
                throw holdsData(url)
            }
        }
        try connection.execute("DELETE FROM tenants")
    }

    private static func holdsData(_ url: String) -> MartletError {
        MartletError(
            .conflict, "The target holds data already; copy into a store that does not exist yet.", place: url)
    }

    /// Sends every table of every tenant; false when the receiver has given up.
    private static func sendAll(_ connection: any Connection, to channel: RowChannel) throws -> Bool {
        for table in TableCatalog.copiedOfInstallation {
            guard try send(table, installation, connection, to: channel) else { return false }
        }
        for tenant in try tenants(connection) {
            try connection.enter(.tenant(tenant))
            for table in TableCatalog.copied {
                guard try send(table, tenant, connection, to: channel) else { return false }
            }
        }
        return true
    }

    /// Sends a tenant's rows of a table; false when the receiver has given up.
    private static func send(
        _ table: String, _ tenant: Int64, _ connection: any Connection, to channel: RowChannel
    ) throws -> Bool {
        let columns = try connection.columns(of: table)
        var rows: [[Value]] = []
        let condition =
            tenant == installation ? "$1 = \(installation)" : "\(table == "tenants" ? "id" : "tenant") = $1"
        let cursor = try connection.cursor(
            "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(condition)", [.int(tenant)])
        defer { cursor.close() }
        func portion() -> RowChannel.Portion { .init(tenant: tenant, table: table, columns: columns, rows: rows) }
        while let row = try cursor.next() {
            rows.append(columns.indices.map { row.value($0) })
            guard rows.count >= portionSize else { continue }
            guard channel.send(portion()) else { return false }
            rows = []
        }
        return rows.isEmpty || channel.send(portion())
    }

    private static func receive(from channel: RowChannel, _ connection: any Connection) throws -> Int {
        var count = 0
        var tenants: Set<Int64> = []
        while let portion = channel.receive() {
            if portion.tenant != installation { tenants.insert(portion.tenant) }
            try connection.enter(portion.tenant == installation ? .dispatch : .tenant(portion.tenant))
            let loader = try connection.load(into: portion.table, columns: portion.columns)
            for row in portion.rows {
                for value in row { loader.add(value) }
                try loader.endRow()
            }
            count += try loader.finish()
        }
        guard channel.isComplete else { throw MartletError(.io, "The source could not be read to its end.") }
        try raiseNumbers(tenants, connection)
        return count
    }

    /// Tokens and numbers of rows go on above those that came along.
    private static func raiseNumbers(_ tenants: Set<Int64>, _ connection: any Connection) throws {
        var highest: [NumberSource: Int64] = [:]
        for tenant in tenants {
            try connection.enter(.tenant(tenant))
            for source in NumberSource.allCases {
                let number = try connection.first(
                    "SELECT COALESCE(MAX(\(source.column)), 0) FROM \(source.table) WHERE tenant = $1", [.int(tenant)]
                ) { $0.int(0) }
                highest[source] = max(highest[source] ?? 0, number ?? 0)
            }
        }
        try connection.enter(.dispatch)
        for (source, number) in highest { try connection.raise(source, above: number) }
    }
}
