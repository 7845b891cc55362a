import Glibc

/// Runs an actor's work on one thread of its own, in order, so that blocking calls never hold a thread of the shared
/// cooperative pool.
///
/// The thread ends when the executor is released and its work is done. An actor uses it by giving its reference from
/// `unownedExecutor`.
public final class DedicatedThreadExecutor: SerialExecutor {
    private let queue = JobQueue()

    /// Starts the thread. Throws ``MartletError`` with code `limit` when the system gives no more threads.
    public init() throws {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(queue)
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<JobQueue>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            throw MartletError(.limit, "the system gives no more threads (error \(result))")
        }
        pthread_detach(thread)
    }

    deinit { queue.stop() }

    /// Takes a job; the runtime calls this.
    public func enqueue(_ job: consuming ExecutorJob) {
        queue.append(UnownedJob(job), for: self)
    }
}

// @unchecked Sendable holds because `jobs` and `stopped` are touched only while `mutex` is held, and the two system
// objects are made for use by several threads and never move.
private final class JobQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // A job keeps its executor alive, because the last thing it does may be to release the actor.
    private var jobs: [(job: UnownedJob, executor: DedicatedThreadExecutor)] = []
    private var stopped = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func append(_ job: UnownedJob, for executor: DedicatedThreadExecutor) {
        pthread_mutex_lock(mutex)
        jobs.append((job, executor))
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    func stop() {
        pthread_mutex_lock(mutex)
        stopped = true
        pthread_mutex_unlock(mutex)
        pthread_cond_signal(condition)
    }

    func run() {
        while let ready = wait() {
            for (job, executor) in ready { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
        }
    }

    private func wait() -> [(job: UnownedJob, executor: DedicatedThreadExecutor)]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty {
            if stopped { return nil }
            pthread_cond_wait(condition, mutex)
        }
        let ready = jobs
        jobs = []
        return ready
    }
}
