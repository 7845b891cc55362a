import MartletStore

/// The queue's metrics, of all tenants and workers together.
enum QueueMetrics {
    static func write(_ health: StoreHealth, to text: inout PrometheusText) {
        text.family("martlet_jobs", "gauge", "Jobs that are queued or running, by kind")
        for jobs in health.jobs where jobs.state == "queued" || jobs.state == "running" {
            text.sample("martlet_jobs", [("kind", jobs.kind), ("state", jobs.state)], Double(jobs.count))
        }
        text.family("martlet_jobs_ended_last_hour", "gauge", "Jobs that ended within the last hour, by kind and how")
        for jobs in health.jobs where jobs.state != "queued" && jobs.state != "running" {
            text.sample(
                "martlet_jobs_ended_last_hour", [("kind", jobs.kind), ("state", jobs.state)], Double(jobs.count))
        }
        text.gauge("martlet_leases", "Leases that have not expired", Double(health.leases))
        text.gauge(
            "martlet_queue_oldest_seconds", "How long the oldest job that could run has waited",
            Double(health.oldestWait ?? 0) / 1000)
        text.gauge(
            "martlet_queue_claimed_last_hour", "Jobs that a worker began for the first time within the last hour",
            Double(health.claimed))
        text.gauge(
            "martlet_queue_wait_seconds_last_hour_sum", "How long those had waited, in sum",
            Double(health.waited) / 1000)
        text.gauge(
            "martlet_queue_wait_seconds_last_hour_max", "How long one of those had waited at most",
            Double(health.longestWait) / 1000)
        text.gauge(
            "martlet_queue_lacks_workers", "Whether work waits and no worker shows signs of life",
            health.lacksWorkers ? 1 : 0)
    }
}
