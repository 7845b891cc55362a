import MartletCore
import MartletStore

/// Makes, stops and removes the schedules of a tenant. Workers carry them out.
public struct ScanSchedules: Sendable {
    let store: Store

    /// The schedules of the store's tenant.
    public init(store: Store) { self.store = store }

    /// Adds a schedule. Its first slot is the first one after now, by the database's clock.
    ///
    /// - Throws: ``MartletError`` for what could never run (account, source, cron expression, time zone, jitter, priority,
    ///   queue), and `conflict` when the tenant has a schedule of this name; nothing is added then.
    /// - Parameter also: What belongs into the same transaction, behind it; it gets the schedule's id.
    public func add(
        _ request: ScheduleRequest, also: @escaping @Sendable (String, any Connection) throws -> Void = { _, _ in }
    ) async throws -> ScheduleRow {
        let queue = ScanQueue(store: store)
        let id = Self.makeID()
        let name = try Self.checked(name: request.name ?? id)
        let rule = try ScheduleRule(
            id: id, expression: CronExpression(request.cron), zone: ZoneRules.named(request.timezone),
            jitter: request.jitter, missed: request.missed)
        try Self.checkTerms(request)
        let key = try await queue.account(request.account)
        let tenant = store.tenant
        try await store.database.write { connection in
            guard let account = try Accounts.existingAccount(key, tenant: tenant, connection) else {
                throw MartletError(.notFound, "The account \(key) was removed at this moment.")
            }
            try ScanQueue.check(request.order, of: key, tenant: tenant, connection)
            let now = Timestamp(milliseconds: try connection.now())
            let record = ScheduleRecord(
                id: id, name: name, account: account, payload: request.order.payload, version: ScanOrder.version,
                cron: rule.expression.text, timezone: rule.zone.name, jitter: Int64(rule.jitter),
                missed: rule.missed.rawValue, priority: request.priority, queue: request.queue, createdAt: now,
                lookAt: rule.expression.next(after: now, in: rule.zone) ?? now)
            guard try Schedules.add(record, connection) else {
                throw MartletError(
                    .conflict, "There is a schedule '\(name)' already; remove it, or choose another --name.")
            }
            try also(id, connection)
        }
        return try await schedule(id)
    }

    /// Stops a schedule until it is resumed. Twice is no error. What it has asked for goes on.
    public func pause(_ name: String, hooks: ChangeHooks = .none) async throws -> ScheduleRow {
        try await change(name, hooks) { try Schedules.pause($0, tenant: $1, $2) }
    }

    /// Lets a schedule go on from now; slots of the pause are not made up for. Of one that is not paused nothing changes.
    public func resume(_ name: String, hooks: ChangeHooks = .none) async throws -> ScheduleRow {
        try await change(name, hooks) { try Schedules.resume($0, tenant: $1, $2) }
    }

    /// Removes a schedule; the scans that it asked for stay. Gives it as it was.
    public func remove(_ name: String, hooks: ChangeHooks = .none) async throws -> ScheduleRow {
        let row = try await schedule(name)
        try await apply(row.schedule.id, hooks) { try Schedules.remove($0, tenant: $1, $2) }
        return row
    }

    /// Every schedule, the oldest first.
    public func list() async throws -> [ScheduleRow] { try await store.readRetrying { try $0.schedules() } }

    /// The schedule with an id or a name. Throws ``MartletError`` (`not_found`) when there is none.
    public func schedule(_ name: String) async throws -> ScheduleRow {
        guard let row = try await store.readRetrying({ try $0.schedule(name) }) else { throw Self.unknown(name) }
        return row
    }

    private func change(
        _ name: String, _ hooks: ChangeHooks,
        _ body: @escaping @Sendable (String, Int64, any Connection) throws -> Bool
    ) async throws -> ScheduleRow {
        let id = try await schedule(name).schedule.id
        try await apply(id, hooks, body)
        return try await schedule(id)
    }

    /// Changes a schedule while nobody else can.
    private func apply(
        _ id: String, _ hooks: ChangeHooks,
        _ body: @escaping @Sendable (String, Int64, any Connection) throws -> Bool
    ) async throws {
        let tenant = store.tenant
        try await store.database.write { connection in
            guard try Schedules.lock(id, tenant: tenant, connection) != nil else { throw Self.unknown(id) }
            try hooks.before(connection)
            guard try body(id, tenant, connection) else { throw Self.unknown(id) }
            try hooks.after(connection)
        }
    }

    private static func unknown(_ name: String) -> MartletError {
        MartletError(
            .notFound, "There is no schedule \(CronExpression.quoted(name)); martlet schedule list shows them.")
    }

    private static func checked(name: String) throws -> String {
        guard 1...100 ~= name.utf8.count, !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw MartletError(.usage, "A schedule's name has 1 to 100 bytes and no control characters.")
        }
        return name
    }

    /// What the scans' jobs would be refused for only when their time has come.
    private static func checkTerms(_ request: ScheduleRequest) throws {
        guard -1000...1000 ~= request.priority else { throw MartletError(.usage, "A priority is from -1000 to 1000.") }
        guard JobRequest.isQueue(request.queue) else {
            throw MartletError(
                .usage,
                "A queue's name has 1 to 50 lower-case letters, digits, - and _, not "
                    + CronExpression.quoted(request.queue) + ".")
        }
        guard request.order.payload.utf8.count <= JobRequest.maximumPayload, !request.order.payload.utf8.contains(0)
        else {
            throw MartletError(
                .usage, "What a scan is told has at most \(JobRequest.maximumPayload) bytes; give a shorter scope.")
        }
    }

    /// `schedule-` and 12 hexadecimal digits. Keys of slots contain it, so it has no `:`.
    private static func makeID() -> String {
        let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
        return "schedule-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
