/// What the program tells its caller.
enum ExitCode: Int32, Sendable {
    case success = 0
    case failure = 1
    case usage = 2
    /// Unmuted FAIL findings, where `--fail-on` asked for it.
    case findings = 3
}
