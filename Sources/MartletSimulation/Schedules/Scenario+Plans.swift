extension Scenario {
    mutating func planChaos(_ random: inout ScheduleRandom) {
        workers = 2 + random.index(2)
        concurrency = 1 + random.index(2)
        subjects = 1 + random.index(3)
        limits.maximumAttempts = random.of(1...3)
        limits.maximumLosses = random.of(1...5)
        weather = .rough
        if random.chance(permille: 400) {
            weather.lostRenewals = 400
            weather.slowRenewals = 400
            weather.slowDelays = 150
            weather.slowGaps = 200
            // Longer than a lease lives.
            weather.work = 300...9_500
        }
        for _ in 0...(1 + random.index(3)) {
            jobs.append(job(at: random.of(0...6_000), subject: random.index(subjects), &random))
        }
        for index in jobs.indices {
            if random.chance(permille: 250) { request(.cancel, index, in: 0...15_000, &random) }
            if random.chance(permille: 250) { request(.retry, index, in: 5_000...25_000, &random) }
        }
        for subject in 0..<subjects where random.chance(permille: 600) {
            for _ in 0...random.index(2) { request(.mute, subject, in: 0...15_000, &random) }
        }
        for _ in 0..<(1 + random.index(5)) { faults.append(fault(in: 200...15_000, &random)) }
    }

    mutating func planTakeover(_ random: inout ScheduleRandom) {
        concurrency = 2
        weather.delay = 1...50
        for subject in 0...random.index(2) { jobs.append(job(at: random.of(0...500), subject: subject, &random)) }
        let kinds: [Fault.Kind] = [.kill, .stop, .outage]
        faults = [
            Fault(
                at: random.of(300...4_000), kind: kinds[random.index(3)], worker: random.index(workers),
                lasts: random.of(8_000...30_000))
        ]
    }

    mutating func planCancel(_ random: inout ScheduleRandom) {
        for subject in 0..<2 { jobs.append(job(at: random.of(0...300), subject: subject, &random)) }
        for index in jobs.indices { request(.cancel, index, in: 300...4_000, &random) }
        if random.chance(permille: 500) { request(.mute, 0, in: 300...4_000, &random) }
    }

    mutating func planFairness(_ random: inout ScheduleRandom) {
        subjects = 9
        for subject in 0..<8 { jobs.append(job(at: random.of(0...50), subject: subject, &random)) }
        var late = job(at: random.of(100...4_000), subject: 8, &random)
        late.tenant = 1
        jobs.append(late)
    }

    mutating func planWakeUp(_ random: inout ScheduleRandom) {
        weather.lostNotifications = 500
        weather.work = 50...600
        subjects = 3
        for subject in 0..<3 {
            let begin = Int64(subject) * 9_000
            jobs.append(job(at: random.of(begin + 1_500...begin + 3_500), subject: subject, &random))
        }
    }

    private func job(at moment: Int64, subject: Int, _ random: inout ScheduleRandom) -> PlannedJob {
        PlannedJob(
            at: moment, subject: subject, keys: UInt8(random.of(1...15)),
            priority: profile == .chaos ? random.of(0...1) : 0)
    }

    private mutating func request(
        _ kind: Request.Kind, _ index: Int, in range: ClosedRange<Int64>, _ random: inout ScheduleRandom
    ) {
        requests.append(Request(at: random.of(range), kind: kind, of: index))
    }

    private func fault(in range: ClosedRange<Int64>, _ random: inout ScheduleRandom) -> Fault {
        let moment = random.of(range)
        let worker = random.index(workers)
        // About as long as a lease lives, or anything.
        let stop: ClosedRange<Int64> = random.chance(permille: 500) ? 6_000...9_500 : 100...14_000
        switch random.index(10) {
        case 0, 1, 2: return Fault(at: moment, kind: .kill, worker: worker, lasts: random.of(100...12_000))
        case 3, 4, 5: return Fault(at: moment, kind: .stop, worker: worker, lasts: random.of(stop))
        case 6: return Fault(at: moment, kind: .cut, worker: worker, lasts: random.of(500...12_000))
        case 7: return Fault(at: moment, kind: .outage, worker: worker, lasts: random.of(100...9_000))
        case 8: return Fault(at: moment, kind: .shutdown, worker: worker, lasts: random.of(2_000...5_000))
        default: return Fault(at: moment, kind: .terminate, worker: worker, lasts: 0)
        }
    }
}
