import Glibc
import MartletCore

/// What a scanner keeps on disk, looked at again and again while it runs.
struct ChildDisk {
    private let directory: RunDirectory
    private let limits: ChildLimits
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant
    /// What was there at the last look, in bytes.
    private(set) var bytes: Int64 = 0

    init(_ directory: RunDirectory, limits: ChildLimits) {
        self.directory = directory
        self.limits = limits
        next = clock.now
    }

    /// Milliseconds until it should be looked at; at least 1.
    var wait: Int32 {
        Int32(clamping: max(1, clock.now.duration(to: next).milliseconds))
    }

    /// What the scanner has written too much of, if it is time to look.
    mutating func excess() -> MartletError? {
        guard clock.now >= next else { return nil }
        let start = clock.now
        // A large tree takes a while; a tenth of one processor is enough for looking.
        defer { next = clock.now + max(.milliseconds(100), start.duration(to: clock.now) * 10) }
        return measure()
    }

    /// What the scanner has written too much of.
    mutating func measure() -> MartletError? {
        var status = stat()
        if stat(directory.path + "/stdout", &status) == 0, Int64(status.st_size) > limits.outputBytes {
            return MartletError(
                .externalFlooded,
                "the scanner printed more than the \(limits.outputBytes) bytes that its source allows as output")
        }
        var bytes: Int64 = 0
        let isComplete = DirectoryWalk.visit(directory.path) { bytes += Int64($0.status.st_blocks) * 512 }
        self.bytes = bytes
        if bytes > limits.diskBytes {
            return MartletError(
                .externalFlooded,
                "the scanner kept more than the \(limits.diskBytes) bytes on disk that its source allows")
        }
        return isComplete ? nil : Self.flooded
    }

    /// Too many files, or too deep.
    static let flooded = MartletError(
        .externalFlooded,
        "the scanner made more than \(DirectoryWalk.largestCount) files in its private directory, or paths too long")
}
