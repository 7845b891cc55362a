/// One measurement of the queue.
enum QueueWork: Hashable {
    /// Clients that ask for scans at the same time.
    case enqueue(clients: Int)
    /// Workers that claim and complete at the same time, so many jobs a claim.
    case work(workers: Int, batch: Int)

    /// Its name in reports.
    func name(isRaw: Bool) -> String {
        let name =
            switch self {
            case .enqueue(let clients): "enqueue, \(clients) at once"
            case .work(let workers, let batch):
                "\(workers) worker\(workers > 1 ? "s" : ""), \(batch == 1 ? "single" : "\(batch) a claim")"
            }
        return isRaw ? name + ", raw" : name
    }

    /// The phase that measures it.
    func phase(_ url: String, jobs: Int, isRaw: Bool) -> [String] {
        let road = isRaw ? "raw" : "queue"
        switch self {
        case .enqueue(let clients): return [road + "-enqueue", url, String(jobs), String(clients)]
        case .work(let workers, let batch):
            return [road + "-work", url, String(jobs), String(workers), String(batch)]
        }
    }
}
