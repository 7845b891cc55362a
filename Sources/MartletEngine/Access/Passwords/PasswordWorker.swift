import MartletCore
import Synchronization

/// Computes hashes of passwords on threads of their own, few at a time: each takes 64 MiB and a core for a while.
public final class PasswordWorker: Sendable {
    /// The most that wait; more are refused, as they would be answered too late.
    static let queueLimit = 64

    private let threads: [HashThread]
    private let waiting = Mutex(0)

    /// Starts so many threads.
    public init(threads: Int = 2) throws {
        self.threads = try (0..<max(1, threads)).map { _ in HashThread(executor: try DedicatedThreadExecutor()) }
    }

    /// The hash of a password.
    ///
    /// - Throws: ``MartletError`` `throttled` when too many wait already, `limit` without memory.
    func hash(_ password: SecretBytes) async throws -> String { try await run { try PasswordHash.make(password) } }

    /// Whether a hash is that of a password, and a hash by today's parameters where it is an older one. Without a hash it
    /// takes as long and is false. Throws like ``hash(_:)``.
    func verify(_ hash: String?, _ password: SecretBytes) async throws -> (matches: Bool, rehashed: String?) {
        try await run {
            let matches = PasswordHash.matches(hash ?? PasswordHash.decoy, password) && hash != nil
            guard matches, let hash, PasswordHash.isOutdated(hash) else { return (matches, nil) }
            return (true, try PasswordHash.make(password))
        }
    }

    private func run<Result: Sendable>(_ body: @Sendable @escaping () throws -> Result) async throws -> Result {
        let place = waiting.withLock { waiting -> Int? in
            guard waiting < Self.queueLimit else { return nil }
            waiting += 1
            return waiting
        }
        guard let place else {
            throw MartletError(.throttled, "Too many logins at the same time; try again in a moment.")
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await threads[place % threads.count].run(body)
    }
}

private actor HashThread {
    private let executor: DedicatedThreadExecutor

    init(executor: DedicatedThreadExecutor) { self.executor = executor }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func run<Result: Sendable>(_ body: @Sendable () throws -> Result) throws -> Result { try body() }
}
