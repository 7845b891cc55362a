import MartletCore

/// A thread with something of its own that others must not touch, such as a connection.
actor RawThread<State> {
    private let executor: DedicatedThreadExecutor
    private var state: State?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init() throws { executor = try DedicatedThreadExecutor() }

    func prepare(_ make: @Sendable () throws -> State) throws { state = try make() }

    func run(_ body: @Sendable (State) throws -> Int) throws -> Int { try state.map(body) ?? 0 }

    /// Runs `body` on so many threads at the same time. What they need is made before the watch runs. Gives the sum.
    static func all(
        _ count: Int, make: @escaping @Sendable () throws -> State,
        _ body: @escaping @Sendable (State, _ thread: Int) throws -> Int
    ) async throws -> (sum: Int, watch: Stopwatch) {
        var threads: [RawThread<State>] = []
        for _ in 0..<count {
            let thread = try RawThread<State>()
            try await thread.prepare(make)
            threads.append(thread)
        }
        var watch = Stopwatch()
        watch.start()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for (number, thread) in threads.enumerated() {
                group.addTask { try await thread.run { try body($0, number) } }
            }
            return try await group.reduce(0, +)
        }
        watch.stop()
        return (sum, watch)
    }
}
