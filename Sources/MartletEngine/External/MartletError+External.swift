import MartletCore

extension MartletError.Code {
    /// An external scanner's program is not there or cannot be run.
    public static let externalMissing = MartletError.Code("external_missing")
    /// An external scanner ended with an exit code that its source does not call a success, or by a signal.
    public static let externalFailed = MartletError.Code("external_failed")
    /// An external scanner was still running when its time was up, and was ended.
    public static let externalTimeout = MartletError.Code("external_timeout")
    /// An external scanner wrote more than its source allows, and was ended.
    public static let externalFlooded = MartletError.Code("external_flooded")
    /// An external scanner succeeded, but left no output where its source says, or none that may be read.
    public static let externalNoOutput = MartletError.Code("external_no_output")
}
