import Glibc
import MartletCore
import MartletGenerator
import MartletStore

/// Does one harm after the other, as its seed says.
struct ChaosFaults: Sendable {
    let store: Store
    let crew: ChaosCrew
    let watch: ChaosWatch
    let workers: Int
    /// A shell's command that restarts the server; nil where it is not restarted.
    let restart: String?
    let seed: UInt64

    /// Longer than a lease of 7 s.
    private static let stop = 8_500

    /// Until the task is cancelled, or so many faults are done.
    func run(_ faults: Int) async throws {
        var generator = SplitMix64(seed: seed)
        for number in 1...faults {
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...900, using: &generator)))
            // Early, so that a short run has seen one, too.
            if number % 20 == 2, restart != nil {
                try await restartServer()
                continue
            }
            let pids = await crew.pids
            guard let pid = pids.randomElement(using: &generator) else { continue }
            switch number == 1 ? 0 : Int.random(in: 0..<10, using: &generator) {
            case 0..<4: try await kill(pid, after: Int.random(in: 0...800, using: &generator))
            case 4: try await stop(pid)
            default: try await terminate()
            }
        }
    }

    private func kill(_ pid: pid_t, after pause: Int) async throws {
        await watch.count("killed")
        await crew.kill(pid)
        try await watch.workerGone(pid)
        try await Task.sleep(for: .milliseconds(pause))
        try await crew.fill(workers)
    }

    private func stop(_ pid: pid_t) async throws {
        await watch.count("stopped")
        await crew.signal(SIGSTOP, to: pid)
        try await watch.workerGone(pid)
        try await Task.sleep(for: .milliseconds(Self.stop))
        await crew.signal(SIGCONT, to: pid)
    }

    /// Ends connections of workers, and of this program.
    private func terminate() async throws {
        let reader = PatientReader(database: store.database.scoped(to: .owner))
        let ended = try await reader.read { connection -> Int64 in
            try connection.first(
                """
                SELECT COUNT(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
                WHERE application_name = 'martlet' AND usename = current_user AND datname = current_database()
                AND pid <> pg_backend_pid() ORDER BY random() LIMIT 2) b
                """
            ) { $0.int(0) } ?? 0
        }
        if ended > 0 { await watch.count("terminated") }
    }

    private func restartServer() async throws {
        guard let restart else { return }
        await watch.count("restarted")
        try await ShellCommand.run(restart)
        try await watch.databaseReturned()
    }
}
