/// How messages and transactions fare. Times in milliseconds, chances in thousandths.
struct Weather {
    var delay: ClosedRange<Int64> = 1...15
    var slowDelays: Int64 = 0
    var slowDelay: ClosedRange<Int64> = 100...2_500
    /// Requests and answers that never arrive.
    var losses: Int64 = 0
    /// Renewals that are lost or slow on top of that.
    var lostRenewals: Int64 = 0
    var slowRenewals: Int64 = 0
    /// Between two statements of a transaction.
    var gap: ClosedRange<Int64> = 1...20
    var slowGaps: Int64 = 0
    var slowGap: ClosedRange<Int64> = 300...3_000
    /// Between two transactions of an attempt.
    var work: ClosedRange<Int64> = 50...1_200
    /// Attempts that fail, and those that fail for good.
    var failures: Int64 = 0
    var permanentFailures: Int64 = 0
    var lostNotifications: Int64 = 200

    /// After so long a worker takes a connection without an answer for dead.
    static let patience: Int64 = 3_000

    static let calm = Weather()
    static let rough = Weather(
        slowDelays: 30, losses: 6, slowGaps: 60, work: 50...1_500, failures: 150, permanentFailures: 15,
        lostNotifications: 400)
}
