extension Simulation {
    mutating func handle(_ event: Event) {
        switch event {
        case .claimTick(let process, let poll):
            if let worker = awake(process, or: event) { claimTick(worker, poll) }
        case .claimArrives(let process, let sentAt): claimArrives(process, sentAt)
        case .claimAnswered(let process, let sentAt, let jobs):
            if let worker = awake(process, or: event) { claimAnswered(worker, sentAt, jobs) }
        case .renewTick(let process): if let worker = awake(process, or: event) { renewTick(worker) }
        case .renewArrives(let process, let sentAt, let claims): renewArrives(process, sentAt, claims)
        case .renewAnswered(let process, let sentAt, let answers):
            if let worker = awake(process, or: event) { renewAnswered(worker, sentAt, answers) }
        case .lookTick(let process): if let worker = awake(process, or: event) { lookTick(worker) }
        case .lookArrives(let process): lookArrives(process)
        case .cancelsSeen(let process, let claims):
            if let worker = awake(process, or: event) { cancelsSeen(worker, claims) }
        case .work(let process, let claim): if let worker = awake(process, or: event) { work(worker, claim) }
        case .endAgain(let process, let claim, let end):
            if let worker = awake(process, or: event) { endAgain(worker, claim, end) }
        case .statementSent(let process, let transaction):
            if let worker = awake(process, or: event) { send(transaction, from: worker) }
        case .statementArrives(let process, let transaction): statementArrives(process, transaction)
        case .statementAnswered(let process, let transaction, let result):
            if let worker = awake(process, or: event) { statementAnswered(worker, transaction, result) }
        case .connectionClosed(let transaction): close(transaction)
        case .deadlockCheck(let transaction): breakCircle(transaction)
        default: handleOutside(event)
        }
    }

    private mutating func handleOutside(_ event: Event) {
        switch event {
        case .enqueue(let index): enqueue(index)
        case .enqueueCommit(let index, let outages): enqueueCommit(index, outages)
        case .request(let index): request(index)
        case .userStep(let transaction, let request): userStep(transaction, request)
        case .fault(let index): begin(scenario.faults[index], index)
        case .faultEnds(let index): end(scenario.faults[index])
        case .checkTakeover(let job, let since): checkTakeover(job, since)
        case .checkCancel(let job): checkCancel(job)
        case .checkWakeUp(let job): checkWakeUp(job)
        default: break
        }
    }
}
