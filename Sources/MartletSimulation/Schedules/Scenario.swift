import MartletCore

/// What is asked of the system in one schedule, and what happens to it. Follows from the seed.
struct Scenario {
    /// What a schedule is about; each bound in time is measured where nothing else delays.
    enum Profile: String, CaseIterable {
        /// Everything at once.
        case chaos
        /// One death, stop or outage, and capacity to spare.
        case takeover
        /// Nothing faulty, and cancels.
        case cancel
        /// One tenant with many jobs, another one with one.
        case fairness
        /// Idle workers, and notifications that are lost.
        case wakeUp
    }

    struct PlannedJob {
        var at: Int64
        var tenant = 0
        var subject: Int
        var keys: UInt8
        var priority: Int64 = 0
    }

    /// What a user does; `of` is a planned job, or an account.
    struct Request {
        enum Kind { case cancel, retry, mute }
        var at: Int64
        var kind: Kind
        var of: Int
    }

    struct Fault {
        enum Kind { case kill, stop, cut, outage, shutdown, terminate }
        var at: Int64
        var kind: Kind
        var worker: Int
        var lasts: Int64
    }

    var profile: Profile
    var workers = 2
    var concurrency = 1
    var subjects = 2
    var jobs: [PlannedJob] = []
    var requests: [Request] = []
    var faults: [Fault] = []
    var weather = Weather.calm
    var limits = JobLimits()

    /// From here on nothing is faulty.
    var faultsEnd: Int64 { faults.map { $0.at + $0.lasts }.max() ?? 0 }

    init(using random: inout ScheduleRandom) {
        let dice = random.of(0...99)
        profile = dice < 70 ? .chaos : dice < 80 ? .takeover : dice < 87 ? .cancel : dice < 93 ? .fairness : .wakeUp
        limits.backoffBase = 400
        limits.backoffCap = 2_000
        switch profile {
        case .chaos: planChaos(&random)
        case .takeover: planTakeover(&random)
        case .cancel: planCancel(&random)
        case .fairness: planFairness(&random)
        case .wakeUp: planWakeUp(&random)
        }
    }
}
