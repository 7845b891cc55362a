import Glibc
import MartletCore

/// The worker processes of a chaos run.
actor ChaosCrew {
    private var workers: [WorkerProcess] = []
    private let database: String

    init(database: String) { self.database = database }

    /// The processes that are meant to be alive.
    var pids: [pid_t] { workers.map(\.pid) }

    /// Starts workers until there are so many.
    func fill(_ count: Int) throws {
        while workers.count < count {
            workers.append(try WorkerProcess(database: database, arguments: ["--concurrency", "2"]))
        }
    }

    /// Kills one; it is not replaced.
    func kill(_ pid: pid_t) {
        guard let index = workers.firstIndex(where: { $0.pid == pid }) else { return }
        let worker = workers.remove(at: index)
        worker.signal(SIGKILL)
        worker.wait()
    }

    /// Stops one or lets it go on.
    func signal(_ number: Int32, to pid: pid_t) { workers.first { $0.pid == pid }?.signal(number) }

    /// Ends all of them.
    func end() {
        for worker in workers {
            worker.signal(SIGCONT)
            worker.signal(SIGTERM)
        }
        for worker in workers { worker.wait() }
        workers = []
    }
}
