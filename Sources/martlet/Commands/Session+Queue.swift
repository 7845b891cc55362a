import Glibc
import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func startScan() async throws -> ExitCode {
        guard let account = arguments.value("account") else {
            throw MartletError(.usage, "which account? Give --account; martlet accounts lists them")
        }
        let asked = try scanOrder()
        let priority = Int64(try arguments.integer("priority", in: -1000...1000) ?? 0)
        let queue = arguments.value("queue") ?? JobRequest.defaultQueue
        return try await withStore(create: false) { store in
            let scans = ScanQueue(store: store)
            let key = try await scans.account(account)
            let order = try await order(asked, of: key, in: store)
            let id = try await scans.start(
                account: key.description, order: order, priority: priority, queue: queue,
                also: noting(in: store) { .scanStart($0, of: key, source: order.source) })
            guard arguments.has("wait") else { return try answer(id, .queued) }
            return try await watch(id, in: store)
        }
    }

    func cancelScan() async throws -> ExitCode { try await change("cancel") { try await $0.cancel($1, hooks: $2) } }

    func retryScan() async throws -> ExitCode { try await change("retry") { try await $0.retry($1, hooks: $2) } }

    func watchScan() async throws -> ExitCode {
        try await withStore(create: false) { try await watch(arguments.operands[0], in: $0) }
    }

    func showQueue() async throws -> ExitCode {
        let limit = try limit() ?? 100
        let status = try await withStore(create: false) { store in try await store.read { try $0.queue(limit: limit) } }
        if format == .json { return try print([status], Listing.queue) }
        if format != .table { return try print(status.jobs, Listing.jobs, single: false) }
        let output = OutputStream()
        var details = DetailPrinter()
        details.add("Waiting", "\(status.depth)" + (status.delayed > 0 ? ", and \(status.delayed) for their time" : ""))
        details.add("Oldest", status.oldest.map { "since \($0.rfc3339)" })
        details.add("Running", String(status.running))
        if let median = status.medianWait, let long = status.longWait {
            details.add("Time in queue", "half \(CellText.seconds(median)) s, 95 % \(CellText.seconds(long)) s at most")
        }
        try details.print(to: output, terminal: terminal)
        let printer = try ListingPrinter(Listing.jobs, format: .table, terminal: terminal, output: output)
        for job in status.jobs { try printer.add(job) }
        try printer.finish()
        return .success
    }

    func addAccount() async throws -> ExitCode {
        let text = arguments.operands[0]
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let provider = Provider(name: parts[0]) else {
            let known = Provider.known.joined(separator: ", ")
            throw MartletError(.usage, "an account is PROVIDER/ID, not '\(text)'; providers are: \(known)")
        }
        let key = AccountKey(provider: provider, uid: parts[1])
        guard key.uid.utf8.count <= 1024, !key.uid.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw MartletError(.usage, "an account's id has 1 to 1024 bytes and no control characters")
        }
        let name = arguments.value("name") ?? ""
        try await withStore(create: true) { store in
            let tenant = store.tenant
            let note = noting(in: store) { (verb: String) in
                .account(verb, key, name.isEmpty ? [] : [.init("name", .string(name))])
            }
            try await store.database.write { connection in
                let isNew = try Accounts.existingAccount(key, tenant: tenant, connection) == nil
                // Known and not named anew: nothing changes.
                guard isNew || !name.isEmpty else { return }
                let id = try Accounts.account(key, tenant: tenant, connection)
                var description = AccountDescription()
                description.name = name
                try Accounts.describe(id, description, connection)
                try note(isNew ? "create" : "update", connection)
            }
        }
        log.note("account \(key) is known")
        return .success
    }

    private func change(
        _ verb: String, _ body: (ScanQueue, String, ChangeHooks) async throws -> ScanState
    ) async throws -> ExitCode {
        try await withStore(create: false) { store in
            let id = try await view(of: arguments.operands[0], in: store).scan.id
            let state = try await body(ScanQueue(store: store), id, hooks(AuditNote(verb, "scans", id), in: store))
            if arguments.command.action == .scanCancel, !state.isFinal, format == .table {
                log.note("the scan is told to end")
            }
            return try answer(id, state)
        }
    }

    private func answer(_ id: String, _ state: ScanState) throws -> ExitCode {
        try print([ScanReceipt(id: id, state: state)], Listing.scanReceipt)
    }

    /// Shows what changes until the scan has ended, then the scan.
    private func watch(_ id: String, in store: Store) async throws -> ExitCode {
        var last = ""
        while true {
            let view = try await view(of: id, in: store)
            if view.scan.state.isFinal {
                _ = try print(view)
                let isPublished = view.scan.state == .completed || view.scan.state == .completedWithGaps
                return isPublished ? .success : .failure
            }
            let line =
                "\(view.scan.state.rawValue)"
                + (view.job.map { job in
                    job.state == .running ? ", \(job.progressLine)" : job.waitLine.map { ", waits for \($0)" } ?? ""
                } ?? "")
            if line != last { log.note(line) }
            last = line
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// What the options say of a scan, now or on a schedule; without a source where they name none.
    func scanOrder() throws -> ScanOrder {
        let source = arguments.value("source")
        if source == "" {
            throw MartletError(.usage, "--source needs a name; leave it out for the account's own source")
        }
        var order = ScanOrder(source: source ?? "")
        if let source, source.hasPrefix("file:") {
            order.source = "file:" + (try Self.absolute(String(source.dropFirst(5))))
        }
        order.filters = try scanFilters()
        if let scope = arguments.value("scope").flatMap(ImportScope.init(rawValue:)) { order.scope = scope }
        order.isStrict = arguments.has("strict")
        order.isHistory = arguments.has("history")
        return order
    }

    /// The order with the source that scans the account where the options name none, as the API chooses it.
    func order(_ asked: ScanOrder, of account: AccountKey, in store: Store) async throws -> ScanOrder {
        guard asked.source.isEmpty else { return asked }
        let (sources, source) = try await store.read { reader in
            let sources = try reader.externalSources().map(\.name)
            // An id that no secret's name can hold has no secret.
            let secret = try? NativeScans.secretName(of: account).text
            let hasCredentials = try secret.map { try reader.hasSecret($0) } ?? false
            return (sources, DefaultSource.source(of: account, external: sources, hasCredentials: hasCredentials))
        }
        guard let source else {
            if sources.isEmpty, DefaultSource.isNative(account) {
                throw MartletError(
                    .usage,
                    "\(account) has no secret to scan it with; set one by martlet secret set, or give --source")
            }
            let names = sources.isEmpty ? ["azure", "file:PATH", "external:NAME"] : sources.map { "external:\($0)" }
            throw MartletError(
                .usage, "what is to be scanned? Give --source with one of: \(names.joined(separator: ", "))")
        }
        var order = asked
        order.source = source
        return order
    }

    func scanFilters() throws -> ScanFilters {
        for option in ["checks", "services", "regions"] where arguments.list(option).contains(where: \.isEmpty) {
            throw MartletError(.usage, "--\(option) needs a name; leave it out to scan all of them")
        }
        return ScanFilters(
            checks: arguments.list("checks"), services: arguments.list("services"), regions: arguments.list("regions"),
            severities: arguments.list("severity").compactMap { Severity(name: $0) })
    }

    /// The file's whole path: a worker is started elsewhere. What is not there cannot be scanned. A link stays one: on a
    /// schedule it is followed by each scan.
    private static func absolute(_ path: String) throws -> String {
        guard !path.isEmpty, let real = realpath(path, nil) else {
            let reason = String(cString: strerror(errno))
            throw MartletError(.notFound, "the source cannot be read (\(reason))", place: path)
        }
        defer { free(real) }
        guard access(real, R_OK) == 0 else {
            throw MartletError(.io, "the source cannot be read (\(String(cString: strerror(errno))))", place: path)
        }
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }
}
