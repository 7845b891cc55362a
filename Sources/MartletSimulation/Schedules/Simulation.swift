import MartletCore

/// One schedule, from its seed to its end: the database, workers and users, and the messages between them.
struct Simulation {
    let scenario: Scenario
    let rules: Rules
    var random: ScheduleRandom
    var queue = EventQueue()
    var now: Int64 = 0
    var db: DatabaseModel
    var workers: [WorkerProcess] = []
    /// The database is away until this moment.
    var awayUntil: Int64 = 0
    var outages = 0
    /// Of each planned job: its row, once it is there, and whether the user was told so.
    var rows: [Int?]
    var accepted: [Bool]
    /// Requests of users that are answered.
    var answered = 0
    var trace: Trace?
    var counts = ScheduleCounts()
    /// Of each row: since when nobody works on it because of a death, a stop or an outage.
    var abandoned: [Int64?] = []
    /// Of each row: claims of other tenants' jobs since it was queued.
    var overtaken: [Int] = []

    /// The time after the last fault within which everything has ended.
    static let bound: Int64 = 120_000

    init(seed: UInt64, mutant: Mutant?, watched: Property?, isTraced: Bool) {
        random = ScheduleRandom(seed: seed)
        scenario = Scenario(using: &random)
        var rules = Rules(mutant: mutant, watching: watched)
        rules.limits = scenario.limits
        self.rules = rules
        db = DatabaseModel(rules: rules, subjects: scenario.subjects, seed: random.next())
        rows = Array(repeating: nil, count: scenario.jobs.count)
        accepted = Array(repeating: false, count: scenario.jobs.count)
        trace = isTraced ? Trace() : nil
        prepare()
    }

    private mutating func prepare() {
        for index in 0..<scenario.workers {
            let clock = WorkerClock(
                offset: random.of(0...1_000_000), drift: random.of(-10_000...10_000), ahead: random.of(-9_000...9_000))
            let host = scenario.profile == .chaos ? random.index(2) : index
            workers.append(WorkerProcess(index: index, host: host, clock: clock))
            boot(index)
        }
        for (index, job) in scenario.jobs.enumerated() { queue.push(.enqueue(index), at: job.at) }
        for (index, request) in scenario.requests.enumerated() { queue.push(.request(index), at: request.at) }
        for (index, fault) in scenario.faults.enumerated() { queue.push(.fault(index), at: fault.at) }
        let plan = scenario
        say("\(plan.profile): \(plan.workers) workers, \(plan.concurrency) jobs each, \(plan.faults)")
    }

    /// Runs to the end, or to the first property that does not hold.
    mutating func run() {
        let limit = scenario.faultsEnd + Self.bound
        while let (moment, event) = queue.pop() {
            now = moment
            if now > limit { break }
            counts.events += 1
            handle(event)
            if let violation = db.violation {
                say("VIOLATION \(violation)")
                return
            }
            if isOver { break }
        }
        judgeEnd()
    }

    /// All is asked for and ended, and nobody is in the middle of anything.
    private var isOver: Bool {
        guard now > scenario.faultsEnd, answered == scenario.requests.count, !rows.contains(where: { $0 == nil })
        else { return false }
        for job in db.jobs where !job.machine.state.isFinal { return false }
        for worker in workers where !worker.attempts.isEmpty || !worker.links.isEmpty { return false }
        return db.open.isEmpty
    }

    private mutating func judgeEnd() {
        for (index, row) in rows.enumerated() where row == nil && accepted[index] {
            db.violate(.acceptedJobsExist, "planned job \(index) was accepted and is not there")
        }
        for (index, job) in db.jobs.enumerated() where !job.machine.state.isFinal {
            db.violate(.everyJobEnds, "job \(index) is \(job.machine.state.rawValue) at the end")
        }
        if !rows.allSatisfy({ $0 != nil }) { db.violate(.everyJobEnds, "a job could not be asked for") }
    }

    /// Adds a line to the trace, if there is one.
    mutating func say(_ text: @autoclosure () -> String) {
        guard trace != nil else { return }
        let line = text()
        trace?.add(now, line)
    }

    var isAway: Bool { now < awayUntil }

    /// What is taken for the database's clock where a worker causes the write.
    func clock(of worker: Int) -> Int64 {
        guard rules.has(.workersClock), worker >= 0 else { return now }
        return now + workers[worker].clock.ahead
    }

    /// The worker's number if the process still is: its events wait while it is stopped. nil when it is dead.
    mutating func awake(_ process: Event.Process, or event: Event) -> Int? {
        let worker = workers[process.worker]
        guard worker.isAlive, worker.incarnation == process.incarnation else { return nil }
        if worker.stoppedUntil > now {
            queue.push(event, at: worker.stoppedUntil)
            return nil
        }
        return process.worker
    }

    /// Whether the process has not ended, stopped or not.
    func lives(_ process: Event.Process) -> Bool {
        workers[process.worker].isAlive && workers[process.worker].incarnation == process.incarnation
    }
}
