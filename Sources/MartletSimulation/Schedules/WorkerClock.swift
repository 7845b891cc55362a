/// A worker's clocks: they start anywhere and run up to one percent fast or slow.
struct WorkerClock {
    /// What the monotonic clock shows at the beginning.
    var offset: Int64
    /// Millionths by which it runs fast.
    var drift: Int64
    /// Milliseconds by which the wall clock is ahead; only one mutant looks at it.
    var ahead: Int64

    /// The monotonic clock at a moment of the simulation, in milliseconds.
    func local(_ now: Int64) -> Int64 { offset + now + now * drift / 1_000_000 }

    /// The first moment of the simulation at which the monotonic clock shows at least so much.
    func moment(of local: Int64) -> Int64 {
        let elapsed = max(0, local - offset)
        var moment = elapsed * 1_000_000 / (1_000_000 + drift)
        while self.local(moment) < local { moment += 1 }
        return moment
    }
}
