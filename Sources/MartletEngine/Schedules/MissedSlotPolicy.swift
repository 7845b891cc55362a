/// What becomes of slots that could not run in time: no worker was there, or the last scan was still running.
public enum MissedSlotPolicy: String, Sendable, Hashable, CaseIterable {
    /// They are skipped; the next slot runs.
    case skip
    /// One run makes up for all of them.
    case runOnce = "run-once"
}
