import MartletCore

/// A bounded number of sessions; who finds none free waits, for a bounded time, in the order of arrival.
actor PostgresPool {
    private let settings: PostgresSettings
    private let journal: PostgresJournal
    private var idle: [(session: PostgresSession, since: ContinuousClock.Instant)] = []
    private var count = 0
    private var waiting: [(id: Int, continuation: CheckedContinuation<PostgresSession, any Error>)] = []
    private var nextWaiter = 0
    private var closed = false
    private var waits: Int64 = 0
    private var timeouts: Int64 = 0
    private let clock = ContinuousClock()

    init(_ settings: PostgresSettings, journal: PostgresJournal) {
        self.settings = settings
        self.journal = journal
    }

    /// How busy the sessions are.
    var status: PoolStatus {
        var status = PoolStatus()
        status.idle = Int64(idle.count)
        status.inUse = Int64(count - idle.count)
        status.waiting = Int64(waiting.count)
        status.waits = waits
        status.timeouts = timeouts
        return status
    }

    /// A session of one's own, to be given back.
    func take() async throws -> PostgresSession {
        guard !closed else { throw MartletError(.database, "The database has been closed.", place: settings.place) }
        if let free = idle.popLast() {
            // A connection that has been idle for long may have been cut by something on the way.
            if clock.now - free.since > .seconds(settings.idleSeconds) { await free.session.close() }
            return free.session
        }
        if count < settings.maximumConnections {
            let session = try PostgresSession(settings, journal: journal)
            count += 1
            return session
        }
        return try await wait()
    }

    func giveBack(_ session: PostgresSession) async {
        if closed {
            await session.close()
        } else if waiting.isEmpty {
            idle.append((session, clock.now))
        } else {
            waiting.removeFirst().continuation.resume(returning: session)
        }
    }

    /// Closes what is idle; what still works is closed when it is given back.
    func close() async {
        closed = true
        for waiter in waiting {
            waiter.continuation.resume(
                throwing: MartletError(.database, "The database has been closed.", place: settings.place))
        }
        waiting = []
        let sessions = idle
        idle = []
        for (session, _) in sessions { await session.close() }
    }

    private func wait() async throws -> PostgresSession {
        let id = nextWaiter
        nextWaiter += 1
        waits += 1
        let seconds = settings.poolWaitSeconds
        let alarm = Task {
            try await Task.sleep(for: .seconds(seconds))
            self.giveUp(id)
        }
        defer { alarm.cancel() }
        return try await withCheckedThrowingContinuation { waiting.append((id, $0)) }
    }

    private func giveUp(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        timeouts += 1
        waiting.remove(at: index).continuation.resume(
            throwing: MartletError(
                .limit,
                "No connection to the database became free within \(Int(settings.poolWaitSeconds)) s; "
                    + "allow more (pool=N in the URL) or run less at once.", place: settings.place))
    }
}
