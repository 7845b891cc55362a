import MartletCore
import MartletStore

/// Reads the progress of scans from the database for all listeners of this server: a scan is read once a second, however
/// many listen to it, and no more once nobody does.
public actor ProgressHub {
    /// The most listeners at the same time.
    public nonisolated let limit: Int

    struct Key: Hashable {
        let tenant: Int64
        let scan: String
    }

    /// What a listener is told.
    enum News: Sendable {
        case progress(ScanProgress)
        /// Nothing new; something is sent so that proxies keep the connection.
        case heartbeat
        /// The scan is gone.
        case gone
    }

    private struct Topic {
        var progress: ScanProgress?
        var isGone = false
        var listeners = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var poller: Task<Void, Never>?
    }

    /// Between two looks.
    private let interval: Duration
    static let usualInterval = Duration.seconds(1)
    /// Looks without news after which a heartbeat is sent.
    static let beats = 15

    private var topics: [Key: Topic] = [:]
    private var listeners = 0
    private var nextWait = 0

    /// A hub without listeners.
    public init(limit: Int = 4096) { self.init(limit: limit, interval: Self.usualInterval) }

    init(limit: Int, interval: Duration) {
        self.limit = limit
        self.interval = interval
    }

    /// Begins to listen.
    ///
    /// - Throws: ``APIError`` 503 when there are too many listeners.
    func begin(_ key: Key, _ store: Store) throws(APIError) {
        guard listeners < limit else {
            throw .unavailable("There are \(limit) listeners already; poll the scan instead.", seconds: 10)
        }
        listeners += 1
        topics[key, default: Topic()].listeners += 1
        guard topics[key]?.poller == nil else { return }
        topics[key]?.poller = Task { [weak self, interval] in
            while !Task.isCancelled {
                await self?.look(key, store)
                guard (try? await Task.sleep(for: interval)) != nil else { return }
            }
        }
    }

    /// Ends what ``begin(_:_:)`` began.
    func end(_ key: Key) {
        guard var topic = topics[key] else { return }
        listeners -= 1
        topic.listeners -= 1
        topics[key] = topic
        guard topic.listeners == 0 else { return }
        topic.poller?.cancel()
        topics[key] = nil
        for continuation in topic.waiting.values { continuation.resume() }
    }

    /// Waits for a state other than the one with the id `known`.
    func news(_ key: Key, after known: String?) async throws -> News {
        for _ in 0..<Self.beats {
            guard let topic = topics[key] else { return .gone }
            if topic.isGone { return .gone }
            if let progress = topic.progress, progress.id != known { return .progress(progress) }
            await wait(key)
            try Task.checkCancellation()
        }
        return .heartbeat
    }

    /// Until the next look at the scan, whatever it shows, or until the task is cancelled.
    private func wait(_ key: Key) async {
        nextWait += 1
        let number = nextWait
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled || topics[key] == nil {
                    continuation.resume()
                } else {
                    topics[key]?.waiting[number] = continuation
                }
            }
        } onCancel: {
            Task { await self.wake(key, number) }
        }
    }

    private func wake(_ key: Key, _ number: Int) { topics[key]?.waiting.removeValue(forKey: number)?.resume() }

    private func look(_ key: Key, _ store: Store) async {
        // A database that does not answer for a while is no news.
        let found: Result<ScanProgress?, any Error>
        do {
            found = .success(
                try await store.readRetrying { try $0.scanDetail(key.scan, accounts: nil).map(ScanProgress.init) })
        } catch { found = .failure(error) }
        guard var topic = topics[key] else { return }
        if case .success(let progress) = found {
            topic.progress = progress ?? topic.progress
            topic.isGone = progress == nil
        }
        let waiting = topic.waiting
        topic.waiting = [:]
        topics[key] = topic
        for continuation in waiting.values { continuation.resume() }
    }
}
