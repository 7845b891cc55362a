import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func addSchedule() async throws -> ExitCode {
        let asked = try scheduleRequest()
        let row = try await withStore(create: false) { store in
            var request = asked
            let account = try await ScanQueue(store: store).account(request.account)
            request.order = try await order(request.order, of: account, in: store)
            return try await ScanSchedules(store: store).add(
                request,
                also: noting(in: store) {
                    AuditNote("create", "schedules", $0, [.init("cron", .string(asked.cron))])
                })
        }
        guard format == .table else { return try print([row], Listing.schedules) }
        log.note("schedule \(row.schedule.name) added; next time \(row.next?.rfc3339 ?? "unknown")")
        return try print(row.schedule.id + "\n")
    }

    func listSchedules() async throws -> ExitCode {
        let rows = try await withStore(create: false) { try await ScanSchedules(store: $0).list() }
        return try print(rows, Listing.schedules, single: false)
    }

    func pauseSchedule() async throws -> ExitCode { try await change("pause") { try await $0.pause($1, hooks: $2) } }

    func resumeSchedule() async throws -> ExitCode { try await change("resume") { try await $0.resume($1, hooks: $2) } }

    func removeSchedule() async throws -> ExitCode {
        let row = try await apply("delete") { try await $0.remove($1, hooks: $2) }
        log.note("schedule \(row.schedule.name) removed")
        return .success
    }

    private func apply(
        _ verb: String, _ body: (ScanSchedules, String, ChangeHooks) async throws -> ScheduleRow
    ) async throws -> ScheduleRow {
        try await withStore(create: false) { store in
            let schedules = ScanSchedules(store: store)
            let id = try await schedules.schedule(arguments.operands[0]).schedule.id
            return try await body(schedules, id, hooks(AuditNote(verb, "schedules", id), in: store))
        }
    }

    private func change(
        _ verb: String, _ body: (ScanSchedules, String, ChangeHooks) async throws -> ScheduleRow
    ) async throws -> ExitCode {
        let row = try await apply(verb, body)
        guard format == .table else { return try print([row], Listing.schedules) }
        log.note(
            row.schedule.pausedAt == nil
                ? "schedule \(row.schedule.name) is active; next time \(row.next?.rfc3339 ?? "unknown")"
                : "schedule \(row.schedule.name) is paused")
        return .success
    }

    private func scheduleRequest() throws -> ScheduleRequest {
        guard let account = arguments.value("account") else {
            throw MartletError(.usage, "which account? Give --account; martlet accounts lists them")
        }
        guard let cron = arguments.value("cron") else {
            throw MartletError(.usage, "when? Give --cron, for example --cron \"0 */6 * * *\"")
        }
        var request = ScheduleRequest(account: account, order: try scanOrder(), cron: cron)
        request.name = arguments.value("name")
        request.timezone = arguments.value("timezone") ?? request.timezone
        request.jitter =
            try arguments.value("jitter").map {
                try Span.seconds($0, option: "jitter", maximum: ScheduleRule.maximumJitter)
            } ?? 0
        request.missed = arguments.value("missed").flatMap(MissedSlotPolicy.init(rawValue:)) ?? request.missed
        request.priority = Int64(try arguments.integer("priority", in: -1000...1000) ?? 0)
        request.queue = arguments.value("queue") ?? request.queue
        return request
    }
}
