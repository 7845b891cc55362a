import Glibc
import MartletStore

/// A phase's store with its clocks: this process's, and the server's where it runs on this machine.
struct MeasuredStore {
    let store: Store
    /// What the store has committed.
    let meter: MeteredDatabase.Meter
    private var watch = Stopwatch()
    private let server: ServerClock?
    private var serverStart: [Int32: Double]?
    private var serverSeconds: Double?
    private var growth = 0

    /// Opens a store; that is not timed.
    static func open(_ url: String) async throws -> MeasuredStore {
        guard PostgresSettings.accepts(url) else {
            let path = try SQLiteBenchStore(url: url).path
            return try await open(try SQLiteDatabase(path: path, create: true), url, server: nil)
        }
        let application = "martlet-bench-\(getpid())"
        let address = try PostgresAddress(url).named(application)
        let settings = try PostgresSettings(url: address.url)
        return try await open(
            PostgresDatabase(settings), settings.place, server: try ServerClock(address, application: application))
    }

    private static func open(_ database: any Database, _ url: String, server: ServerClock?) async throws -> Self {
        let metered = MeteredDatabase(database)
        let store = try await Store.open(database: metered, url: url, tenant: "default")
        return MeasuredStore(store: store, meter: metered.meter, server: server)
    }

    private init(store: Store, meter: MeteredDatabase.Meter, server: ServerClock?) {
        self.store = store
        self.meter = meter
        self.server = server
    }

    mutating func start() {
        serverStart = server?.seconds()
        growth = PeakMemory.begin()
        watch.start()
    }

    mutating func stop() {
        watch.stop()
        growth = max(0, PeakMemory.bytes() - growth)
        guard let before = serverStart, let after = server?.seconds() else { return }
        serverSeconds = after.reduce(0) { $0 + $1.value - (before[$1.key] ?? 0) }
    }

    /// What was measured between ``start()`` and ``stop()``.
    func add(to figures: inout Figures) {
        figures.add(watch)
        figures["memory_growth_bytes"] = Double(growth)
        if let serverSeconds { figures["server_cpu_seconds"] = serverSeconds }
    }
}
