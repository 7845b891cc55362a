import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletServer
import MartletStore

extension Session {
    /// Serves until it is told to stop.
    func serve() async throws -> ExitCode {
        let options = try ServeOptions(arguments)
        StopSignals.catchAll()
        if options.renewal != nil { HangupSignal.catchAll() }
        // A server may need thousands of sockets; what the system gives without being asked is often 1,024.
        FileLimit.raise()
        return try await withStore(create: true) { store in
            let access = try Access(store: store, ring: try await serverKeys(for: store))
            for refusal in try await access.prepare() { log.warning("\(refusal)") }
            var services = ServerServices.joined(store: store, access: access)
            services.program = Martlet.version
            services.allowsSignUp = options.allowsSignUp
            let warnings = log
            services.identityLogins = try options.identity?.logins { warnings.warning($0) }
            services.metricsToken = options.metricsToken
            services.secretKeys = { try await secretKeys(for: $0, create: true) }
            let traces = try TraceExport(arguments, role: "server", log: log)
            services.spans = traces?.exporter
            let pipe = LogPipe()
            let writes = options.writesAccessLog
            let service = APIService(
                services: services, settings: options.settings, log: RequestLog { if writes { pipe.write($0) } })
            let server = HTTPServer(options.http, refusal: { service.refuse($0) }) { await service.respond(to: $0) }
            let port = try await server.start()
            let supervisor = try supervisor(for: store, options, traces?.exporter)
            let working = Task { await supervisor?.run() }
            try await announce(options, port, store)
            await waitForStop(options, server, supervisor)
            await working.value
            await traces?.end()
            pipe.flush()
            return .success
        }
    }

    /// The installation's keys, by which signing keys and secrets are sealed. An embedded store gets one of its own.
    private func serverKeys(for store: Store) async throws -> SecretKeyRing {
        do { return try await secretKeys(for: store, create: true) } catch let error as MartletError {
            throw MartletError(
                error.code, "\(error.message) The server needs it to sign its tokens.", place: error.place)
        }
    }

    private func supervisor(
        for store: Store, _ options: ServeOptions, _ recorder: (any SpanRecorder)?
    ) throws -> WorkerSupervisor? {
        guard options.workers > 0 else { return nil }
        var settings = WorkerSettings()
        settings.concurrency = options.workers
        settings.grace = options.grace * 1000
        // The server's metrics tell of the store's connections.
        settings.reportsStore = false
        let log = log
        let say: WorkerPool.Log = { log.work($0, $1) }
        let runners = try runners(log: say)
        let url = try databaseURL
        let swept = ExternalRun.sweep()
        if swept > 0 { log.info("removed what \(swept) runs of scanners had left") }
        return WorkerSupervisor(log: { log.warning($0) }) { [settings] in
            try await WorkerService(
                store: store, url: url, runners: runners, settings: settings, recorder: recorder, log: say)
        }
    }

    private func announce(_ options: ServeOptions, _ port: UInt16, _ store: Store) async throws {
        let output = OutputStream()
        let address = options.http.address
        let host = address.contains(":") ? "[\(address)]" : address
        try output.write("martlet serves \(options.http.tls == nil ? "http" : "https")://\(host):\(port)\n")
        if let token = try await FirstAdministrator.invite(to: store) {
            try output.write(
                """
                there is no user yet; this token makes the first one, an owner who may do everything, and is shown once:
                \(token)

                """)
        }
        try output.flush()
    }

    private func waitForStop(_ options: ServeOptions, _ server: HTTPServer, _ supervisor: WorkerSupervisor?) async {
        let notifier = ServiceNotifier(environment: environment)
        notifier?.send("READY=1")
        var beat = ContinuousClock.now
        var renewal = options.renewal
        while !StopSignals.isRaised {
            if let interval = notifier?.interval, ContinuousClock.now >= beat {
                notifier?.send("WATCHDOG=1")
                beat = ContinuousClock.now + interval
            }
            renewal?.look(isAsked: HangupSignal.take(), log: log) { try server.renew($0) }
            try? await Task.sleep(for: .milliseconds(50))
        }
        notifier?.send("STOPPING=1")
        log.note("no more requests are taken")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await server.stop(grace: .seconds(options.grace)) }
            group.addTask { await supervisor?.stop() }
        }
    }
}
