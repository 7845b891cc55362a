import Glibc

/// Wall time and CPU time of this process (user and system, all threads), in seconds, summed over laps.
struct Stopwatch {
    private(set) var wall = 0.0
    private(set) var cpu = 0.0
    private var startWall = 0.0
    private var startCPU = 0.0

    /// Begins a lap.
    mutating func start() {
        startWall = Self.read(CLOCK_MONOTONIC)
        startCPU = Self.read(CLOCK_PROCESS_CPUTIME_ID)
    }

    /// Ends the lap.
    mutating func stop() {
        wall += Self.read(CLOCK_MONOTONIC) - startWall
        cpu += Self.read(CLOCK_PROCESS_CPUTIME_ID) - startCPU
    }

    /// Seconds of the monotonic clock.
    static func now() -> Double { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
