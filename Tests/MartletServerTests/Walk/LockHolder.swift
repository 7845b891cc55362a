import Glibc
import Synchronization

@testable import MartletEngine
@testable import MartletStore

/// Has every lock that changes of a tenant wait for, for half a second; on SQLite, which has one writer, none.
final class LockHolder: Sendable {
    private let place: WalkPlace
    private let hasLocks = Mutex(false)
    private let work = Mutex<Task<Void, any Error>?>(nil)

    init(_ place: WalkPlace) { self.place = place }

    func begin() async throws {
        guard place.api.store.url.hasPrefix("postgresql") else { return }
        let (database, tenant) = (place.api.store.database, place.api.tenant.number)
        let task = Task {
            // Also where it fails: ``end()`` tells why.
            defer { self.hasLocks.withLock { $0 = true } }
            try await database.write { connection in
                try AccessLock.takeUsers(connection)
                try AccessLock.take(tenant: tenant, connection)
                for lock in EditLock.allCases { try lock.take(tenant: tenant, connection) }
                for table in ["accounts", "schedules"] {
                    try connection.query(
                        "SELECT 1 FROM \(table) WHERE tenant = $1\(connection.dialect.forUpdate)", [.int(tenant)]
                    ) { _ in }
                }
                self.hasLocks.withLock { $0 = true }
                usleep(500_000)
            }
        }
        work.withLock { $0 = task }
        while !hasLocks.withLock({ $0 }) {
            try Task.checkCancellation()
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    func end() async throws { try await work.withLock { $0 }?.value }
}
