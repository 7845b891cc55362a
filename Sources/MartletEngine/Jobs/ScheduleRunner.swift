import MartletCore
import MartletStore

/// The tick of a tenant: decides its due schedules, each in a transaction of its own, then looks after the tenant. What has
/// been decided stays decided, so there is nothing to undo.
public struct ScheduleRunner: JobRunner {
    /// Schedules that one tick looks at; more are left to the next one.
    static let maximumSchedules = 1_000

    /// Works for any tenant.
    public init() {}

    /// Decides what is due. A schedule that the database refuses does not keep the others from being decided; the job fails
    /// then, and is tried again.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let store = context.store
        let tenant = store.tenant
        let due = try await store.database.readRetrying {
            try Schedules.due(tenant: tenant, limit: Self.maximumSchedules, $0)
        }
        var failure: (any Error)?
        for id in due {
            try Task.checkCancellation()
            do {
                try await store.database.write { connection in
                    try context.announce(connection)
                    try ScheduleTick.run(id, tenant: tenant, connection)
                    try context.prove(connection)
                }
                context.touch()
            } catch let error as MartletError where error.code == .leaseLost || error.code == .cancelled {
                throw error
            } catch {
                failure = failure ?? error
            }
        }
        try await TenantCare(context: context).run()
        if let failure { throw failure }
        return .done
    }

    /// Nothing: each schedule was decided as a whole or not at all.
    public func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
}
