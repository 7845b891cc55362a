/// Wakes those that wait for work, in one process. A signal that comes while nobody waits is kept for the next one.
public actor WakeSignal {
    private var isSet = false
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    private var nextWaiter = 0

    /// Nobody has signalled yet.
    public init() {}

    /// Wakes everybody who waits.
    public func signal() {
        isSet = waiting.isEmpty
        let all = waiting
        waiting = [:]
        for continuation in all.values { continuation.resume() }
    }

    /// Waits for a signal, or so many milliseconds.
    public func wait(milliseconds: Int64) async {
        if isSet {
            isSet = false
            return
        }
        let id = nextWaiter
        nextWaiter += 1
        let alarm = Task {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            self.wake(id)
        }
        await withCheckedContinuation { waiting[id] = $0 }
        alarm.cancel()
    }

    private func wake(_ id: Int) { waiting.removeValue(forKey: id)?.resume() }
}
