import MartletCore
import MartletStore

/// Tests the connection of an account. What it finds, good or bad, is the job's result and stands in the account, both
/// from the transaction that completes the job.
public struct ConnectionRunner: JobRunner {
    private let check: ConnectionCheck

    /// - Parameter check: Makes the tests.
    public init(_ check: ConnectionCheck) { self.check = check }

    /// Tests the account of the job.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let payload = try JSONValue.parse(context.job.payload, limit: JobRequest.maximumPayload)
        let subject = context.job.lease.account
        guard let source = payload["source"]?.stringValue, let number = JobKind.account(ofSubject: subject.account)
        else { throw MartletError(.usage, "The job does not say which connection to test.") }
        let account = AccountID(tenant: subject.tenant, account: number)
        guard let key = try await context.store.database.readRetrying({ try Accounts.key(of: account, $0) }) else {
            throw MartletError(.notFound, "The account has been removed.")
        }
        context.report(0, "connecting")
        let result = try await check.run(key, source: source, store: context.store)
        try await context.store.database.write { connection in
            try context.announce(connection)
            try context.complete(connection)
            try Jobs.setResult(result.json, of: context.job.job, connection)
            try Accounts.setConnected(result.isConnected, of: account, connection)
            try context.prove(connection)
        }
        return .completed
    }

    /// Nothing: a test leaves nothing but its result.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
