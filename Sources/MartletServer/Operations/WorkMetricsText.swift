import MartletCore
import MartletEngine
import MartletStore

/// The metrics of what all workers have done, and of connections. Labels name outcomes and phases, never tenants.
enum WorkMetricsText {
    static func write(_ work: WorkFigures, to text: inout PrometheusText) {
        func total(_ metric: WorkMetric) -> Double { Double(work.totals[metric.rawValue] ?? 0) }
        text.gauge("martlet_workers", "Workers that have shown signs of life lately", Double(work.workers.count))
        text.gauge(
            "martlet_workers_running_jobs", "Jobs that those are doing", Double(work.gauges["running"] ?? 0))
        text.counter(
            "martlet_ingest_findings_total", "Findings that workers have read from sources", total(.findings))
        text.counter("martlet_ingest_batches_total", "Batches of findings that workers have written", total(.batches))
        text.counter(
            "martlet_ingest_rejected_total", "Findings that workers could not use", total(.rejected))
        let name = "martlet_ingest_published_findings_total"
        text.family(name, "counter", "Findings of published scans, by what became of them")
        for metric in [WorkMetric.new, .changed, .updated, .unchanged, .returned, .duplicates, .gone] {
            text.sample(name, [("outcome", metric.rawValue)], total(metric))
        }
        text.counter("martlet_ingest_scans_total", "Scans of accounts that workers have published", total(.published))
        text.family(
            "martlet_ingest_seconds_total", "counter",
            "What workers spent waiting for sources, writing batches, and publishing")
        for (phase, metric) in [("source", WorkMetric.sourceTime), ("write", .ingestTime), ("publish", .publishTime)] {
            text.sample("martlet_ingest_seconds_total", [("phase", phase)], total(metric) / 1000)
        }
        text.family("martlet_job_attempts_total", "counter", "Attempts at jobs that have ended, by how")
        for (outcome, metric) in [
            ("completed", WorkMetric.completed), ("failed", .failed), ("cancelled", .cancelled),
            ("requeued", .queued), ("lost", .lost),
        ] { text.sample("martlet_job_attempts_total", [("outcome", outcome)], total(metric)) }
        text.counter(
            "martlet_job_retries_total", "Attempts that workers began at jobs that had been tried before",
            total(.retries))
    }

    /// Connections of this server, and of workers that are processes of their own: nil where the database did not tell,
    /// because a count that falls to 0 would look like a restart.
    static func write(_ server: PoolStatus, _ work: WorkFigures?, to text: inout PrometheusText) {
        var pools = [("server", server)]
        if let work {
            var workers = PoolStatus()
            workers.inUse = work.gauges["pool_in_use"] ?? 0
            workers.idle = work.gauges["pool_idle"] ?? 0
            workers.waiting = work.gauges["pool_waiting"] ?? 0
            workers.waits = work.totals[WorkMetric.poolWaits.rawValue] ?? 0
            workers.timeouts = work.totals[WorkMetric.poolTimeouts.rawValue] ?? 0
            workers.retries = work.totals[WorkMetric.databaseRetries.rawValue] ?? 0
            pools.append(("workers", workers))
        }
        text.family("martlet_database_connections", "gauge", "Connections to the database, by what they do")
        for (process, pool) in pools {
            for (state, count) in [("in_use", pool.inUse), ("idle", pool.idle)] {
                text.sample(
                    "martlet_database_connections", [("process", process), ("state", state)], Double(count))
            }
        }
        func family(_ name: String, _ type: String, _ help: String, _ value: (PoolStatus) -> Int64) {
            text.family(name, type, help)
            for (process, pool) in pools { text.sample(name, [("process", process)], Double(value(pool))) }
        }
        family(
            "martlet_database_waiting", "gauge", "Transactions that wait for a connection at this moment",
            \.waiting)
        family(
            "martlet_database_waits_total", "counter", "Transactions that had to wait for a connection", \.waits)
        family(
            "martlet_database_wait_timeouts_total", "counter", "Transactions that waited for a connection in vain",
            \.timeouts)
        family(
            "martlet_database_retries_total", "counter",
            "Transactions that ran again after a deadlock, a serialization failure or a lost connection", \.retries)
    }

    /// What became of spans.
    static func write(_ server: SpanCounts, _ work: WorkFigures?, to text: inout PrometheusText) {
        let name = "martlet_trace_spans_total"
        text.family(name, "counter", "Spans for the collector of traces, by what became of them")
        var all = [("server", server)]
        if let work {
            var workers = SpanCounts()
            workers.sent = work.totals[WorkMetric.spansSent.rawValue] ?? 0
            workers.dropped = work.totals[WorkMetric.spansDropped.rawValue] ?? 0
            all.append(("workers", workers))
        }
        for (process, spans) in all {
            text.sample(name, [("outcome", "sent"), ("process", process)], Double(spans.sent))
            text.sample(name, [("outcome", "dropped"), ("process", process)], Double(spans.dropped))
        }
    }
}
