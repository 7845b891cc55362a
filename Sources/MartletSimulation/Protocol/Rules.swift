import MartletCore

/// The decisions of production's machines, with at most one defect around them.
struct Rules: Sendable {
    var mutant: Mutant?
    var limits = JobLimits()
    var timing = LeaseTiming()
    /// The only property that is looked at; nil for all.
    var watched: Property?

    init(mutant: Mutant? = nil, watching watched: Property? = nil) {
        self.mutant = mutant
        self.watched = watched
    }

    func has(_ other: Mutant) -> Bool { mutant == other }

    /// What ``JobMachine`` makes of an event.
    func transition(
        _ machine: JobMachine, on event: JobEvent, at now: Int64, using random: inout ScheduleRandom
    ) throws(JobRefusal) -> JobTransition {
        guard let mutant else { return try machine.transition(on: event, at: now, limits: limits, using: &random) }
        var machine = machine
        var event = event
        var limits = limits
        change(&machine, &event, &limits, mutant)
        var next = try machine.transition(on: event, at: now, limits: limits, using: &random)
        change(&next, from: machine, event, mutant)
        return next
    }

    private func change(
        _ machine: inout JobMachine, _ event: inout JobEvent, _ limits: inout JobLimits, _ mutant: Mutant
    ) {
        switch (mutant, event) {
        case (.completeWithoutToken, .complete):
            machine.state = .running
            event = .complete(token: machine.token)
        case (.endWithoutToken, .fail(_, let failure, let isTransient)):
            machine.state = .running
            event = .fail(token: machine.token, failure, isTransient: isTransient)
        case (.cancelIgnoredAtPublish, .complete), (.cancelForgottenAtTakeover, .lose):
            machine.cancelRequestedAt = nil
        case (.lossCountsAsFailure, .lose(let token)):
            event = .fail(token: token, .workerLost, isTransient: true)
        case (.lossesUncounted, .lose): limits.maximumLosses = .max
        case (.attemptNumberAsToken, .claim(let token)), (.retryReusesToken, .claim(let token)):
            machine.token = min(machine.token, token - 1)
        default: break
        }
    }

    private func change(_ next: inout JobTransition, from machine: JobMachine, _ event: JobEvent, _ mutant: Mutant) {
        switch (mutant, event) {
        case (.rescueWithoutNewToken, .lose(let token)):
            next.actions = next.actions.map { $0 == .retireToken(token) ? .releaseLease(token: token) : $0 }
        case (.handBackKeepsLease, .handBack(let token)):
            next.actions.removeAll { $0 == .retireToken(token) }
        case (.lossesUncounted, .lose):
            next.job.losses = machine.losses
            next.job.attempts = machine.attempts - 1
        default: break
        }
    }
}
