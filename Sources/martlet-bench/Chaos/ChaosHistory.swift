/// What was seen of each scan, and when: so that a late attempt can be explained.
struct ChaosHistory: Sendable {
    private var events: [String: [Event]] = [:]

    private struct Event: Sendable {
        /// Milliseconds of the database's clock, when it was seen.
        var at: Int64
        var what: String
    }

    mutating func add(_ what: String, to scan: String, at: Int64) {
        events[scan, default: []].append(Event(at: at, what: what))
    }

    /// All that happened since then to a scan and, because an account runs one scan at a time, to the others of its account.
    func story(of scan: String, since: Int64, others: [String]) -> String {
        var told: [(at: Int64, text: String)] = []
        for (name, ids) in [("", [scan]), ("other ", others)] {
            for id in ids {
                for event in events[id] ?? [] where event.at >= since - 1_000 {
                    told.append((event.at, name + id.suffix(4) + " " + event.what))
                }
            }
        }
        let lines = told.sorted { $0.at < $1.at }.map { "\(Number.short(Double($0.at - since) / 1_000)) s \($0.text)" }
        return "slow: scan \(scan): " + lines.joined(separator: "; ")
    }
}
