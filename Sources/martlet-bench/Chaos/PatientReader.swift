import MartletCore
import MartletStore

/// Reads a database that may be away for longer than a store waits by itself.
struct PatientReader: Sendable {
    let database: any Database

    /// How long the database may be away.
    private static let patience = Duration.seconds(60)

    /// Runs `body` in a snapshot, again and again until it succeeds or the database was away for too long.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let deadline = ContinuousClock().now + Self.patience
        while true {
            do {
                return try await database.readRetrying(body)
            } catch let error as MartletError where error.code == .database {
                guard ContinuousClock().now < deadline, !Task.isCancelled else { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
