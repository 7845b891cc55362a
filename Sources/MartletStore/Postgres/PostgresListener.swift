import CPostgres
import Glibc
import MartletCore
import Synchronization

/// Listens for the notifications of the queue, on a connection and a thread of its own. What gets lost while it is not
/// connected costs nothing but time: workers look for themselves once a second.
public actor PostgresListener {
    private let settings: PostgresSettings
    private let executor: DedicatedThreadExecutor
    private nonisolated let isStopped = Atomic(false)
    /// From one look whether it is to end to the next.
    private static let lookMilliseconds: Int32 = 200
    /// From one try to connect to the next.
    private static let pauseMilliseconds: UInt32 = 1_000

    /// The listener's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Prepares to listen; nil where the store's database has no notifications.
    public init?(store: Store) throws {
        guard let database = store.database as? PostgresDatabase else { return nil }
        settings = database.settings
        executor = try DedicatedThreadExecutor()
    }

    /// Calls `body` for what was notified, several together once, until ``stop()``. Connects again after a lost
    /// connection, and calls `body` then, too: something may have been missed.
    public func listen(_ body: @Sendable () -> Void) {
        while !isStopped.load(ordering: .relaxed) {
            if let handle = try? PostgresHandle(settings) {
                // Ends when the connection is lost.
                try? follow(handle, body)
            }
            if !isStopped.load(ordering: .relaxed) { usleep(Self.pauseMilliseconds * 1_000) }
        }
    }

    /// Ends ``listen(_:)`` within a fifth of a second.
    public nonisolated func stop() { isStopped.store(true, ordering: .relaxed) }

    private func follow(_ handle: PostgresHandle, _ body: @Sendable () -> Void) throws(PostgresStatementError) {
        _ = try handle.run("LISTEN \(PostgresText.quoted(Jobs.channelPrefix + settings.schema))")
        // What came before is found by a look.
        body()
        while !isStopped.load(ordering: .relaxed) {
            var descriptor = pollfd(fd: handle.socket, events: Int16(POLLIN), revents: 0)
            let ready = poll(&descriptor, 1, Self.lookMilliseconds)
            guard ready > 0 else { continue }
            guard handle.takeNotifications() else { return }
            body()
        }
    }
}

extension PostgresHandle {
    /// What tells that something has come.
    fileprivate var socket: Int32 { PQsocket(connection) }

    /// Takes everything that has come; false when the connection is lost.
    fileprivate func takeNotifications() -> Bool {
        guard PQconsumeInput(connection) == 1 else { return false }
        while let notification = PQnotifies(connection) { PQfreemem(notification) }
        return isAlive
    }
}
