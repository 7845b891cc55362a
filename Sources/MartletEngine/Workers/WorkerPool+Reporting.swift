import MartletCore
import MartletStore

extension WorkerPool {
    /// Writes down what this worker has done and how it is, for the metrics of the whole installation.
    func reportLoop() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(settings.reporting))
            if Task.isCancelled { return }
            await reportWork()
        }
    }

    /// One round. What cannot be written down now is written down with the next.
    func reportWork() async {
        var pool = PoolStatus()
        if hasOwnControl { pool = pool + (await control.poolStatus) }
        if settings.reportsStore { pool = pool + (await store.database.poolStatus) }
        let spans = recorder?.counts ?? SpanCounts()
        report.count(pool, sent: spans.sent, dropped: spans.dropped, in: counters)
        let now = MonotonicTime.now()
        let gauges = report.due(pool, running: running.count, at: now)
        let counts = counters.take()
        guard gauges != nil || !counts.isEmpty else { return }
        let name = worker.name
        do {
            try await control.write { connection in
                let named = counts.map { ($0.key.rawValue, $0.value) }
                try WorkRecords.add(Dictionary(named) { first, _ in first }, connection)
                if let gauges { try WorkRecords.set(gauges, of: name, connection) }
            }
            if let gauges { report.said(gauges, at: now) }
        } catch {
            counters.putBack(counts)
            log(nil, "what was counted could not be written down yet: \(error)")
        }
    }

    /// The last round of a worker that ends. A database that is not there must not keep it from ending.
    func reportEnd() async {
        let name = worker.name
        let last = Task {
            await reportWork()
            try? await control.write { try WorkRecords.remove(worker: name, $0) }
        }
        let alarm = Task {
            guard (try? await Task.sleep(for: .seconds(2))) != nil else { return }
            last.cancel()
        }
        await last.value
        alarm.cancel()
    }
}
