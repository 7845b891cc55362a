import MartletSimulation

extension Mutant {
    /// The properties that may be the first to break.
    var catchers: Set<Property> {
        switch self {
        case .noProof, .proofByPlainRead, .rescueWithoutNewToken, .completeWithoutToken, .endWithoutToken:
            [.retiredTokenCommitsNothing]
        case .attemptNumberAsToken: [.tokensIncrease, .retiredTokenCommitsNothing]
        case .retryReusesToken: [.tokensIncrease]
        case .renewalAfterExpiry, .deadlineFromAnswer, .workersClock: [.noSecondBeliever]
        case .claimIgnoresLease: [.oneRunningPerSubject]
        case .rescueNeverEndsTransactions: [.takeoverInTime, .everyJobEnds]
        case .closingsBeforePublish: [.closingsOnlyWithPublish]
        case .completeAfterPublish: [.publishCompletesTheJob, .cancelledPublishesNothing]
        case .noUndo: [.oneAttemptPerPublish]
        case .muteWithoutLock: [.muteNotLost]
        case .progressOverwritten: [.progressNeverFalls]
        case .lossCountsAsFailure: [.noEarlyFailure, .boundedTries]
        case .lossesUncounted: [.boundedTries]
        case .handBackKeepsLease: [.leaseOnlyWhileRunning]
        case .cancelForgottenAtTakeover, .cancelIgnoredAtPublish: [.cancelledPublishesNothing]
        case .cancelUnwatched: [.cancelInTime]
        case .noPolling: [.wakeUpInTime, .everyJobEnds]
        case .noFairness: [.fairTurn]
        case .answerBeforeCommit: [.acceptedJobsExist]
        case .endLocksJobLate, .endSharesFence: [.noDeadlock]
        }
    }
}

extension Property {
    /// A defect that breaks the property, seen also where nothing else is looked at.
    var breaker: Mutant {
        switch self {
        case .oneAttemptPerPublish, .publishedIsWhole, .findingsNotDoubled: .noUndo
        case .closingsOnlyWithPublish: .closingsBeforePublish
        case .muteNotLost: .muteWithoutLock
        case .retiredTokenCommitsNothing: .noProof
        case .tokensIncrease: .retryReusesToken
        case .noSecondBeliever: .workersClock
        case .oneRunningPerSubject: .claimIgnoresLease
        case .leaseOnlyWhileRunning: .handBackKeepsLease
        case .legalTransitions, .completedIsFinal: .endWithoutToken
        case .publishCompletesTheJob: .completeAfterPublish
        case .cancelledPublishesNothing: .cancelIgnoredAtPublish
        case .progressNeverFalls: .progressOverwritten
        case .boundedTries: .lossesUncounted
        case .noEarlyFailure: .lossCountsAsFailure
        case .acceptedJobsExist: .answerBeforeCommit
        case .noDeadlock: .endLocksJobLate
        case .everyJobEnds, .wakeUpInTime: .noPolling
        case .takeoverInTime: .rescueNeverEndsTransactions
        case .cancelInTime: .cancelUnwatched
        case .fairTurn: .noFairness
        }
    }
}
