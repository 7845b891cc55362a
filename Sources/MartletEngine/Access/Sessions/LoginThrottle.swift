import MartletCore
import MartletStore

/// How failed logins slow down those that follow. A function of its inputs alone.
///
/// The first few cost nothing; after that each failure doubles the pause, up to a limit. A success, or a while without a
/// failure, forgets them. Logins within the pause are refused without a look at the password.
struct LoginThrottle: Sendable, Hashable {
    /// Failures without a pause.
    var free: Int64
    /// The first pause, in milliseconds.
    var firstPause: Int64 = 1_000
    /// The longest pause, in milliseconds.
    var longestPause: Int64 = 15 * 60_000
    /// After so long without a failure all are forgotten, in milliseconds.
    var memory: Int64 = 60 * 60_000

    /// Of one email.
    static let ofEmail = LoginThrottle(free: 5)
    /// Of one address, behind which may be many.
    static let ofAddress = LoginThrottle(free: 50)

    /// How long a login must wait, in milliseconds; 0 when it need not.
    func pause(_ attempts: LoginAttempts?, now: Timestamp) -> Int64 {
        guard let attempts else { return 0 }
        // A clock that was set back must not lock anybody out for longer than the longest pause.
        return min(max(0, attempts.blockedUntil.milliseconds - now.milliseconds), longestPause)
    }

    /// What to remember after another failure.
    func failed(_ attempts: LoginAttempts?, now: Timestamp) -> LoginAttempts {
        let isForgotten = attempts.map { now.milliseconds - $0.lastAt.milliseconds > memory } ?? true
        let failures = (isForgotten ? 0 : attempts?.failures ?? 0) + 1
        return LoginAttempts(
            failures: failures, lastAt: now,
            blockedUntil: Timestamp(milliseconds: now.milliseconds + pause(after: failures)))
    }

    private func pause(after failures: Int64) -> Int64 {
        guard failures > free else { return 0 }
        let doublings = failures - free - 1
        return doublings >= 32 ? longestPause : min(longestPause, firstPause << doublings)
    }
}
