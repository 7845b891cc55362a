import Glibc
import MartletCore
import Synchronization
import Testing

/// An actor whose work has a thread of its own.
private actor Worker {
    private let executor: DedicatedThreadExecutor
    private(set) var count = 0

    init() throws { executor = try DedicatedThreadExecutor() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func step() -> pthread_t {
        count += 1
        return pthread_self()
    }

    /// Blocks the thread until everyone has come; false when they don't.
    func meet(_ meeting: Meeting) -> Bool { meeting.comeAndWait() }
}

/// Lets a number of threads wait until all of them are there.
private final class Meeting: Sendable {
    private let missing: Atomic<Int>

    init(of count: Int) { missing = Atomic(count) }

    func comeAndWait() -> Bool {
        missing.subtract(1, ordering: .sequentiallyConsistent)
        for _ in 0..<6000 {
            if missing.load(ordering: .sequentiallyConsistent) == 0 { return true }
            usleep(10_000)
        }
        return false
    }
}

struct ExecutorTests {
    @Test func allWorkRunsOnOneThread() async throws {
        let worker = try Worker()
        let threads = try await withThrowingTaskGroup(of: pthread_t.self) { group in
            for _ in 0..<1000 { group.addTask { await worker.step() } }
            var seen: Set<pthread_t> = []
            for try await thread in group { seen.insert(thread) }
            return seen
        }
        #expect(threads.count == 1)
        #expect(await worker.count == 1000)
    }

    @Test func blockingWorkersDoNotHoldUpEachOther() async throws {
        // More than any shared pool has threads: there, the first ones would wait in vain for the last.
        let workers = try (0..<200).map { _ in try Worker() }
        let meeting = Meeting(of: workers.count)
        let met = await withTaskGroup(of: Bool.self) { group in
            for worker in workers { group.addTask { await worker.meet(meeting) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(met.count == workers.count && met.allSatisfy { $0 })
    }

    @Test func threadsEndWithTheirActors() async throws {
        for _ in 0..<2000 { _ = try await Worker().step() }
        var threads = Int.max
        for _ in 0..<3_000 where threads > 200 {
            try await Task.sleep(for: .milliseconds(20))
            threads = try MemoryTests.threadCount()
        }
        #expect(threads <= 200)
    }
}
