/// Which transfers run and which wait: pure.
///
/// Each host has its turn in the order in which transfers came; hosts take turns, so that one with many does not hold up
/// the others.
struct TransferQueue {
    private let perHost: Int
    private let total: Int
    private var running: [String: Int] = [:]
    private var runningTotal = 0
    private var waiting: [String: ArraySlice<UInt64>] = [:]
    /// Hosts with waiting transfers, the one whose turn is next first.
    private var hosts: [String] = []

    init(perHost: Int, total: Int) {
        self.perHost = max(1, perHost)
        self.total = max(1, total)
    }

    /// Whether nothing runs or waits.
    var isEmpty: Bool { runningTotal == 0 && hosts.isEmpty }

    /// Takes in a transfer; ``next()`` tells when it may begin.
    mutating func add(_ id: UInt64, host: String) {
        if waiting[host] == nil { hosts.append(host) }
        waiting[host, default: []].append(id)
    }

    /// A transfer that may begin now, and that counts as running from now on; nil when there is none.
    mutating func next() -> UInt64? {
        guard runningTotal < total, let place = hosts.firstIndex(where: { running[$0, default: 0] < perHost }) else {
            return nil
        }
        let host = hosts.remove(at: place)
        guard var ids = waiting[host], let id = ids.popFirst() else { return nil }
        if ids.isEmpty {
            waiting[host] = nil
        } else {
            waiting[host] = ids
            hosts.append(host)
        }
        running[host, default: 0] += 1
        runningTotal += 1
        return id
    }

    /// A running transfer has ended.
    mutating func end(host: String) {
        runningTotal -= 1
        let rest = running[host, default: 1] - 1
        running[host] = rest > 0 ? rest : nil
    }

    /// A transfer will not begin; false when it does not wait.
    mutating func withdraw(_ id: UInt64, host: String) -> Bool {
        guard var ids = waiting[host], let place = ids.firstIndex(of: id) else { return false }
        ids.remove(at: place)
        waiting[host] = ids.isEmpty ? nil : ids
        if ids.isEmpty { hosts.removeAll { $0 == host } }
        return true
    }
}
