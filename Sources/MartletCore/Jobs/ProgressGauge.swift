/// Decides what of a job's progress is shown and when it is written. Pure; times are milliseconds of a monotonic clock.
///
/// What is shown never goes backwards. It is written after one percentage point or ten seconds, whichever comes first,
/// and at the end. After a takeover the earlier attempt's progress stays until this one has passed it.
public struct ProgressGauge: Sendable, Hashable {
    /// What is written.
    public struct Reading: Sendable, Hashable {
        /// In thousandths, 0 to 1000.
        public var permille: Int
        /// This attempt does again what an earlier one had done.
        public var isRepeating: Bool
        /// What is being done, for people.
        public var text: String

        /// Puts a reading together.
        public init(permille: Int, isRepeating: Bool, text: String) {
            self.permille = permille
            self.isRepeating = isRepeating
            self.text = text
        }
    }

    /// Thousandths between two writes.
    public static let step = 10
    /// Milliseconds between two writes of something that changed.
    public static let interval: Int64 = 10_000

    /// What earlier attempts reached.
    private let reached: Int
    private var own = 0
    private var text = ""
    private var written: Reading?
    private var writtenAt: Int64

    /// - Parameters:
    ///   - reached: What the job's row shows at the claim, in thousandths.
    ///   - now: When the attempt begins.
    public init(reached: Int = 0, at now: Int64) {
        self.reached = Self.bounded(reached)
        writtenAt = now
    }

    /// What is to be shown now.
    public var reading: Reading {
        Reading(permille: max(own, reached), isRepeating: own < reached, text: text)
    }

    /// Takes in how far the attempt has come, in thousandths (others are brought into range, and a smaller one than
    /// before is ignored). Gives what is to be written now, or nil.
    public mutating func report(_ permille: Int, text: String, at now: Int64) -> Reading? {
        own = max(own, Self.bounded(permille))
        self.text = text
        let reading = reading
        guard reading != written else { return nil }
        let advance = own - (written == nil ? 0 : ownWritten)
        guard advance >= Self.step || now - writtenAt >= Self.interval else { return nil }
        return note(reading, at: now)
    }

    /// The last reading of the attempt, to be written whatever was written before; nil when it is written already.
    public mutating func finish(at now: Int64) -> Reading? {
        let reading = reading
        return reading == written ? nil : note(reading, at: now)
    }

    private var ownWritten = 0

    private mutating func note(_ reading: Reading, at now: Int64) -> Reading {
        written = reading
        ownWritten = own
        writtenAt = now
        return reading
    }

    private static func bounded(_ permille: Int) -> Int { min(max(permille, 0), 1000) }
}
