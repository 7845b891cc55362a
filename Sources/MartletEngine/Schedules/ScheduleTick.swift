import MartletCore
import MartletStore

/// The look at one schedule: one transaction that decides its due slots, asks for the scan and remembers both.
enum ScheduleTick {
    /// How long after a look that could not decide the next one comes, in milliseconds.
    static let failureInterval: Int64 = 60_000

    /// Gives the time at which a look happens.
    typealias Clock = (any Connection) throws -> Timestamp

    /// Decides what is due, by the database's clock unless a test has another one. Belongs into a transaction of its own; whoever comes at the same time
    /// waits for the row and then finds nothing due.
    ///
    /// What is wrong with the schedule itself is remembered in its row and hinders no other one.
    ///
    /// - Returns: What was decided; empty when there is nothing to look at any more.
    @discardableResult
    static func run(
        _ id: String, tenant: Int64, clock: Clock = { Timestamp(milliseconds: try $0.now()) },
        _ connection: any Connection
    ) throws -> [ScheduleAction] {
        guard let schedule = try Schedules.lock(id, tenant: tenant, connection) else { return [] }
        let now = try clock(connection)
        guard let lookAt = schedule.lookAt, lookAt <= now else { return [] }
        let isRunning = try Schedules.isScanUnderWay(schedule, connection)
        let order: ScanOrder
        let decision: ScheduleDecision
        do {
            order = try ScanOrder(payload: schedule.payload, version: schedule.version)
            decision = ScheduleDecision(
                try schedule.rule(), handled: schedule.handled, now: now, running: isRunning)
        } catch let error as MartletError {
            try fail(schedule, error, at: now, connection)
            return []
        }
        var after = schedule
        after.handled = decision.handled
        after.lookAt = decision.lookAgain
        after.isWaiting = false
        after.failure = nil
        do {
            for action in decision.actions { try carryOut(action, order, of: schedule, &after, connection) }
        } catch let error as MartletError where [.usage, .notFound, .invalidInput].contains(error.code) {
            // Refused before anything was written.
            try fail(schedule, error, at: now, connection)
            return []
        }
        try Schedules.decide(schedule, after, connection)
        return decision.actions
    }

    private static func carryOut(
        _ action: ScheduleAction, _ order: ScanOrder, of schedule: ScheduleRecord, _ after: inout ScheduleRecord,
        _ connection: any Connection
    ) throws {
        switch action {
        case .enqueue(let slot, let key, let runAt):
            let terms = ScanQueue.Terms(
                priority: schedule.priority, queue: schedule.queue, runAt: runAt, uniqueKey: key)
            after.lastScan = try ScanQueue.enqueue(order, of: schedule.account, terms: terms, connection)
            after.lastSlot = slot
        case .hold: after.isWaiting = true
        case .skip, .coalesce: break
        }
    }

    private static func fail(
        _ schedule: ScheduleRecord, _ error: MartletError, at now: Timestamp, _ connection: any Connection
    ) throws {
        var after = schedule
        after.lookAt = Timestamp(milliseconds: now.milliseconds + failureInterval)
        after.isWaiting = false
        after.failure = JobFailure(code: error.code.name, message: error.description)
        try Schedules.decide(schedule, after, connection)
    }
}
