import MartletCore
import MartletEngine
import MartletFormats
import MartletHTTPClient
import MartletStore

extension Session {
    func runWorker() async throws -> ExitCode {
        let settings = try workerSettings()
        let log = log
        StopSignals.catchAll()
        return try await withStore(create: true) { store in
            let say: WorkerPool.Log = { log.work($0, $1) }
            let traces = try TraceExport(arguments, role: "worker", log: log)
            let service = try await WorkerService(
                store: store, url: databaseURL, runners: try runners(log: say), settings: settings,
                recorder: traces?.exporter, log: say)
            let swept = ExternalRun.sweep()
            if swept > 0 { log.info("removed what \(swept) runs of scanners had left") }
            let notifier = ServiceNotifier(environment: environment)
            log.note("worker with \(settings.concurrency) at a time; SIGTERM ends it")
            let watching = Task {
                while !StopSignals.isRaised {
                    guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { return }
                }
                log.note("no more work is begun")
                notifier?.send("STOPPING=1")
                await service.stop()
            }
            notifier?.send("READY=1")
            let living = Task {
                while let interval = notifier?.interval, !Task.isCancelled {
                    if await service.isAlive { notifier?.send("WATCHDOG=1") }
                    try? await Task.sleep(for: interval)
                }
            }
            await service.run()
            await traces?.end()
            living.cancel()
            watching.cancel()
            return .success
        }
    }

    var databaseURL: String {
        get throws { try DatabaseLocation.url(option: arguments.value("database"), environment: environment) }
    }

    func runners(log: @escaping WorkerPool.Log) throws -> [JobKind: any JobRunner] {
        let map = try AzureConnectionOptions.map(arguments)
        let options = AzureConnectionOptions(arguments: arguments)
        let http = try options.clientForUsers(pins: false)
        let native = NativeScans(
            open: { account, filters, secret, store in
                let library = try await checkLibrary(of: store)
                return try AzureScans(library).scan(
                    of: account, filters: filters, secret: secret, map: map, http: http)
            }, keys: { try await secretKeys(for: $0) })
        let open: ExternalScans.Opener = { path, name in
            let reader = try ScanFileReader(path: path, options: ReadingOptions(name: name))
            return (reader, reader.sizeInBytes)
        }
        let external = ExternalScans(
            open: open, keys: { try await secretKeys(for: $0) }, log: log)
        return [
            .scan: ScanRunner(
                open: { order in
                    guard let path = order.filePath else {
                        throw MartletError(.usage, "This worker does not know the source '\(order.source)'.")
                    }
                    let reader = try ScanFileReader(path: path)
                    return (reader, reader.sizeInBytes)
                }, external: external, native: native),
            .ingestion: IngestionRunner(open: open),
            .retention: RetentionRunner(), .reevaluation: ReevaluationRunner(), .muteExpiry: ReevaluationRunner(),
            .schedule: ScheduleRunner(),
            .connection: ConnectionRunner(try connectionCheck { try options.clientForUsers(pins: true) }),
            .accountRemoval: AccountRemovalRunner(), .tenantRemoval: TenantRemovalRunner(),
        ]
    }

    /// What tests connections, each with a client of its own.
    func connectionCheck(_ client: @escaping @Sendable () throws -> HTTPClient) throws -> ConnectionCheck {
        let map = try AzureConnectionOptions.map(arguments)
        return ConnectionCheck(
            test: { account, secret in
                try await AzureScans.testConnection(of: account, secret: secret, map: map, http: try client())
            }, keys: { try await secretKeys(for: $0) })
    }

    private func workerSettings() throws -> WorkerSettings {
        var settings = WorkerSettings()
        settings.concurrency =
            try arguments.integer("concurrency", in: 1...ClaimRequest.maximum) ?? settings.concurrency
        settings.queues = arguments.list("queues")
        for queue in settings.queues where !JobRequest.isQueue(queue) {
            throw MartletError(.usage, "'\(queue)' is no queue's name: lower-case letters, digits, - and _")
        }
        guard settings.queues.count <= 100 else { throw MartletError(.usage, "100 queues are enough for one worker") }
        if let seconds = try arguments.integer("grace", in: 0...86_400) { settings.grace = Int64(seconds) * 1000 }
        if let lease = try arguments.integer("lease", in: 100...600_000) {
            settings.timing = LeaseTiming(lifetime: Int64(lease))
        }
        return settings
    }
}
