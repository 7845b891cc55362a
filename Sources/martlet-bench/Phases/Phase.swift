import Glibc
import MartletCore

/// The parts of a benchmark that run as processes of their own; hidden from the help, but useful under a profiler.
enum Phase {
    /// The hidden command.
    static let command = "phase"

    /// Starts a phase in a process of its own and gives its figures.
    static func start(_ arguments: [String]) throws -> Figures {
        try Figures(text: ChildProcess.run([command] + arguments))
    }

    /// Runs a phase in this process and prints its figures.
    nonisolated static func run(_ arguments: [String]) async throws {
        let rest = Array(arguments.dropFirst())
        let figures: Figures
        switch (arguments.first, rest.count) {
        case ("import", 3...4):
            figures = try await ImportPhase.run(
                database: rest[0], file: rest[1], batchSize: rest[2], groups: rest.count > 3 ? rest[3] : "0")
        case ("add-frameworks", 2...):
            figures = try await FrameworkPhase.add(database: rest[0], paths: Array(rest.dropFirst()))
        case ("load-frameworks", 1...): figures = try FrameworkPhase.load(paths: rest)
        case ("catalog", 1): figures = try await FrameworkPhase.catalog(database: rest[0])
        case ("evaluate", 2): figures = try await PosturePhase.evaluate(database: rest[0], times: rest[1])
        case ("activate", 2...):
            figures = try await PosturePhase.activate(database: rest[0], paths: Array(rest.dropFirst()))
        case ("posture", 1): figures = try await PosturePhase.write(database: rest[0])
        case ("raw", 3): figures = try await RawPhase.all(from: rest[0], to: rest[1], batchSize: rest[2])
        case ("raw-table", 3): figures = try await RawPhase.table(rest[2], from: rest[0], to: rest[1])
        case ("read", 4):
            figures = try await ReadPhase.run(database: rest[0], query: rest[1], samples: rest[2], seconds: rest[3])
        case ("queue-fill", 3):
            figures = try await QueuePhase.fill(database: rest[0], accounts: rest[1], finished: rest[2])
        case ("queue-enqueue", 3):
            figures = try await QueuePhase.enqueue(database: rest[0], jobs: rest[1], clients: rest[2])
        case ("queue-work", 4):
            figures = try await QueuePhase.work(
                database: rest[0], jobs: rest[1], workers: rest[2], batch: rest[3])
        case ("raw-enqueue", 3):
            figures = try await RawQueuePhase.enqueue(database: rest[0], jobs: rest[1], clients: rest[2])
        case ("raw-work", 4):
            figures = try await RawQueuePhase.work(
                database: rest[0], jobs: rest[1], workers: rest[2], batch: rest[3])
        case ("pick-up", 3):
            figures = try await PickUpPhase.run(database: rest[0], file: rest[1], samples: rest[2])
        default: throw MartletError(.usage, "there is no such phase, or its operands are wrong")
        }
        BenchProgram.write(figures.text + "\n", to: STDOUT_FILENO)
    }

    /// A whole number among a phase's operands.
    static func number(_ text: String) throws -> Int {
        guard let number = Int(text), (1...1_000_000).contains(number) else {
            throw MartletError(.usage, "expected a whole number, got '\(text)'")
        }
        return number
    }
}
