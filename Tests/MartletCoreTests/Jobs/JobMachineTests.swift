import MartletCore
import Testing

/// Every state with every event, against a table that says what must come of it.
@Suite("Job machine")
struct JobMachineTests {
    private static let failure = JobFailure(code: "x", message: "y")

    /// A job in a state, after three claims of which one was lost, under token 5.
    private static func job(_ state: JobState, cancelRequested: Bool = false) -> JobMachine {
        var job = JobMachine(queuedAt: 10, runAt: 20)
        job.state = state
        job.attempts = 3
        job.losses = 1
        job.token = 5
        job.firstClaimedAt = 21
        job.claimedAt = 30
        if state.isFinal { job.finishedAt = 40 }
        if cancelRequested || state == .cancelled { job.cancelRequestedAt = 35 }
        if state == .failed { job.failure = failure }
        return job
    }

    /// The events of a worker, with a token.
    private static func workerEvents(_ token: Int64) -> [JobEvent] {
        [
            .complete(token: token), .fail(token: token, failure, isTransient: true),
            .fail(token: token, failure, isTransient: false), .lose(token: token), .handBack(token: token),
            .stopped(token: token), .timeLimit(token: token), .stall(token: token),
        ]
    }

    private static func outcome(
        _ job: JobMachine, _ event: JobEvent, at now: Int64 = 100, limits: JobLimits = JobLimits()
    ) -> Result<JobTransition, JobRefusal> {
        var generator = SplitMix(seed: 1)
        do throws(JobRefusal) {
            return .success(try job.transition(on: event, at: now, limits: limits, using: &generator))
        } catch {
            return .failure(error)
        }
    }

    private static func refusal(_ job: JobMachine, _ event: JobEvent, at now: Int64 = 100) -> JobRefusal? {
        if case .failure(let refusal) = outcome(job, event, at: now) { refusal } else { nil }
    }

    @Test("what a worker says is refused unless the job runs under its token")
    func workers() {
        for state in JobState.allCases where state != .running {
            for event in Self.workerEvents(5) {
                #expect(Self.refusal(Self.job(state), event) == .notRunning(state), "\(state) \(event)")
            }
        }
        for token in [4, 6] as [Int64] {
            for event in Self.workerEvents(token) {
                #expect(Self.refusal(Self.job(.running), event) == .staleToken(current: 5), "\(event)")
            }
        }
    }

    @Test("a claim takes what is queued and due, under a newer token only")
    func claims() throws {
        for state in JobState.allCases where state != .queued {
            #expect(Self.refusal(Self.job(state), .claim(token: 9)) == .notQueued(state))
        }
        #expect(Self.refusal(Self.job(.queued), .claim(token: 9), at: 19) == .notDue(at: 20))
        #expect(Self.refusal(Self.job(.queued), .claim(token: 5)) == .staleToken(current: 5))
        #expect(Self.refusal(Self.job(.queued), .claim(token: 4)) == .staleToken(current: 5))
        let next = try Self.outcome(Self.job(.queued), .claim(token: 9), at: 20).get()
        var expected = Self.job(.running)
        expected.token = 9
        expected.attempts = 4
        expected.claimedAt = 20
        #expect(next == JobTransition(job: expected, actions: [.takeLease(token: 9), .showScan(.running)]))
    }

    @Test("completion ends it, releases the lease and forgets earlier failures; never after a cancel was asked for")
    func completion() throws {
        var job = Self.job(.running)
        job.failure = Self.failure
        let next = try Self.outcome(job, .complete(token: 5)).get()
        var expected = Self.job(.running)
        expected.state = .completed
        expected.finishedAt = 100
        #expect(next == JobTransition(job: expected, actions: [.releaseLease(token: 5)]))
        #expect(Self.refusal(Self.job(.running, cancelRequested: true), .complete(token: 5)) == .cancelRequested)
    }

    @Test("after a cancel was asked for, whatever ends the attempt cancels the job")
    func cancelledEnds() throws {
        for event in Self.workerEvents(5).dropFirst() {
            let next = try Self.outcome(Self.job(.running, cancelRequested: true), event).get()
            #expect(next.job.state == .cancelled && next.job.finishedAt == 100, "\(event)")
            #expect(next.actions == [.retireToken(5), .showScan(.cancelled)], "\(event)")
        }
        #expect(Self.refusal(Self.job(.running), .stopped(token: 5)) == .notCancelled)
    }

    @Test("permanent failures end it, transient ones after the allowed number")
    func failures() throws {
        let permanent = try Self.outcome(Self.job(.running), .fail(token: 5, Self.failure, isTransient: false)).get()
        #expect(permanent.job.state == .failed && permanent.job.failure == Self.failure)
        #expect(permanent.actions == [.retireToken(5), .showScan(.failed)])
        let events: [(JobEvent, String)] = [
            (.fail(token: 5, Self.failure, isTransient: true), "x"), (.timeLimit(token: 5), "time_limit"),
            (.stall(token: 5), "stalled"),
        ]
        for (event, code) in events {
            for (attempts, losses, handBacks, ends) in [
                (1, 0, 0, false), (2, 0, 0, false), (3, 0, 0, true), (3, 1, 0, false), (4, 1, 1, false),
                (5, 1, 1, true),
                (9, 3, 3, true),
            ] as [(Int64, Int64, Int64, Bool)] {
                var job = Self.job(.running)
                (job.attempts, job.losses, job.handBacks) = (attempts, losses, handBacks)
                let next = try Self.outcome(job, event).get()
                #expect(next.job.state == (ends ? .failed : .queued), "\(event) \(attempts)")
                #expect(next.job.failure?.code == code)
                #expect((next.job.attempts, next.job.losses, next.job.handBacks) == (attempts, losses, handBacks))
                #expect(next.job.finishedAt == (ends ? 100 : nil))
                #expect(next.actions.first == .retireToken(5))
            }
        }
    }

    @Test("the pause doubles from the base to the cap and is random from nothing to that")
    func backoff() throws {
        let limits = JobLimits()
        let longest = (1...20).map { limits.longestPause(after: $0) }
        #expect(Array(longest.prefix(8)) == [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000])
        #expect(longest.suffix(12).allSatisfy { $0 == 600_000 })
        #expect(limits.longestPause(after: .max) == 600_000 && limits.longestPause(after: .min) == 5_000)
        var generator = SplitMix(seed: 3)
        var seen: [Int64] = []
        for _ in 0..<500 {
            var job = Self.job(.running)
            (job.attempts, job.losses) = (2, 0)
            let next = try job.transition(
                on: .fail(token: 5, Self.failure, isTransient: true), at: 100, using: &generator)
            #expect(next.actions.last == .wakeWorkers(at: next.job.runAt))
            seen.append(next.job.runAt - 100)
        }
        let (least, most) = (seen.min() ?? -1, seen.max() ?? -1)
        #expect(least >= 0 && least < 200 && most <= 10_000 && most > 9_800)
    }

    @Test("losses are counted apart from failures and are bounded")
    func losses() throws {
        for losses in 0..<5 as Range<Int64> {
            var job = Self.job(.running)
            (job.attempts, job.losses) = (losses + 1, losses)
            let next = try Self.outcome(job, .lose(token: 5)).get()
            let ends = losses == 4
            #expect(next.job.losses == losses + 1 && next.job.failedAttempts == 0)
            #expect(
                next.job.state == (ends ? .failed : .queued) && next.job.failure?.code == (ends ? "worker_lost" : nil))
            #expect(next.job.runAt == (ends ? 20 : 100), "it is to be run again at once")
            #expect(next.actions.first == .retireToken(5))
        }
    }

    @Test("a job given back is queued at once and nothing is counted against it, however often")
    func handBack() throws {
        var job = Self.job(.running)
        for turn in 1...50 as ClosedRange<Int64> {
            let next = try Self.outcome(job, .handBack(token: job.token)).get()
            #expect(next.job.state == .queued && next.job.runAt == 100 && next.job.handBacks == turn)
            #expect(next.job.failedAttempts == 1, "3 claims, 1 lost, 1 given back")
            job = try Self.outcome(next.job, .claim(token: job.token + 1)).get().job
        }
    }

    @Test("a cancel ends what is queued, asks what runs to end, and says so of what has ended")
    func cancel() throws {
        let queued = try Self.outcome(Self.job(.queued), .requestCancel).get()
        #expect(queued.job.state == .cancelled && queued.job.finishedAt == 100 && queued.job.cancelRequestedAt == 100)
        #expect(queued.actions == [.showScan(.cancelled)])
        let running = try Self.outcome(Self.job(.running), .requestCancel).get()
        #expect(running.job.state == .running && running.job.cancelRequestedAt == 100)
        #expect(running.actions == [.stopWorker(token: 5)])
        let again = try Self.outcome(running.job, .requestCancel, at: 200).get()
        #expect(again.job == running.job)
        let cancelled = Self.job(.cancelled)
        #expect(try Self.outcome(cancelled, .requestCancel).get() == JobTransition(job: cancelled, actions: []))
        #expect(Self.refusal(Self.job(.completed), .requestCancel) == .finished(.completed))
        #expect(Self.refusal(Self.job(.failed), .requestCancel) == .finished(.failed))
    }

    @Test("a retry by a user begins anew, but the token goes on")
    func retry() throws {
        for state in [JobState.failed, .cancelled] {
            let next = try Self.outcome(Self.job(state), .retryByUser).get()
            var expected = JobMachine(queuedAt: 100, runAt: 100)
            expected.token = 5
            #expect(next.job == expected)
            #expect(next.actions == [.restartProgress, .showScan(.queued), .wakeWorkers(at: 100)])
        }
        #expect(Self.refusal(Self.job(.queued), .retryByUser) == .unfinished(.queued))
        #expect(Self.refusal(Self.job(.running), .retryByUser) == .unfinished(.running))
        #expect(Self.refusal(Self.job(.completed), .retryByUser) == .alreadyCompleted)
    }

    @Test("whatever happens, the row says what the table's CHECK constraints say, and tokens and ends stand")
    func randomLives() {
        var generator = SplitMix(seed: 11)
        for _ in 0..<2_000 {
            var job = JobMachine(queuedAt: 0, runAt: 0)
            var now: Int64 = 0
            var nextToken: Int64 = 1
            for _ in 0..<40 {
                now += Int64.random(in: 0...400_000, using: &generator)
                let token =
                    Bool.random(using: &generator) ? job.token : Int64.random(in: 0...nextToken, using: &generator)
                let events = Self.workerEvents(token) + [.claim(token: nextToken), .requestCancel, .retryByUser]
                nextToken += 1
                guard let event = events.randomElement(using: &generator),
                    let next = try? job.transition(on: event, at: now, using: &generator).job
                else { continue }
                #expect(Self.isConsistent(next), "\(event): \(next)")
                #expect(next.token >= job.token)
                if event == .claim(token: nextToken - 1) { #expect(next.token > job.token) }
                if job.state == .completed { #expect(next == job) }
                job = next
            }
        }
    }

    private static func isConsistent(_ job: JobMachine) -> Bool {
        let claimed =
            (job.firstClaimedAt == nil) == (job.attempts == 0) && (job.claimedAt == nil) == (job.attempts == 0)
        let counts = job.attempts >= job.losses + job.handBacks && job.losses >= 0 && job.handBacks >= 0
        return claimed && counts && job.state.isFinal == (job.finishedAt != nil)
            && (job.state != .running || job.token > 0 && job.attempts > 0)
            && (job.state != .failed || job.failure != nil)
            && (job.state != .completed || job.failure == nil && job.cancelRequestedAt == nil)
            && (job.state != .queued || job.cancelRequestedAt == nil)
            && (job.state != .cancelled || job.cancelRequestedAt != nil)
    }
}
