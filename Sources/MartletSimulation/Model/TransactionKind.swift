import MartletCore

/// What a transaction is for.
enum TransactionKind: Hashable {
    case begin
    case batch(Int)
    case progress(Int)
    case publish
    case end(JobEvent)
    case rescue(isDead: Bool)
    case mute
    case cancel
    case retry
    /// Only mutants have these two.
    case closings
    case complete

    /// Whether it works under a lease, and so must prove it.
    var isWork: Bool {
        switch self {
        case .begin, .batch, .progress, .publish, .end, .closings, .complete: true
        case .rescue, .mute, .cancel, .retry: false
        }
    }

    /// The statements, in the order of production's code.
    func statements(_ mutant: Mutant?) -> [Statement] {
        switch self {
        case .begin: Self.beginStatements
        case .batch: Self.batchStatements
        case .progress: Self.progressStatements
        case .publish:
            switch mutant {
            case .muteWithoutLock: Self.publishUnlocked
            case .completeAfterPublish: Self.publishOnly
            default: Self.publishStatements
            }
        case .end:
            switch mutant {
            case .endLocksJobLate: Self.endJobLate
            case .endSharesFence: Self.endSharing
            default: Self.endStatements
            }
        case .rescue: Self.rescueStatements
        case .mute: mutant == .muteWithoutLock ? Self.muteUnlocked : Self.muteStatements
        case .cancel, .retry: Self.userStatements
        case .closings: Self.closingsStatements
        case .complete: Self.completeStatements
        }
    }

    private static let beginStatements: [Statement] = [.lockAccount, .begin, .prove, .commit]
    private static let batchStatements: [Statement] = [.write, .prove, .commit]
    private static let progressStatements: [Statement] = [.progress, .prove, .commit]
    private static let publishStatements: [Statement] = [.lockAccount, .evaluate, .apply, .prove, .commit]
    private static let publishUnlocked: [Statement] = [.evaluate, .apply, .prove, .commit]
    private static let publishOnly: [Statement] = [.lockAccount, .evaluate, .prove, .commit]
    private static let endStatements: [Statement] = [.lockJob, .lockFence, .undo, .prove, .apply, .commit]
    private static let endJobLate: [Statement] = [.undo, .prove, .apply, .commit]
    private static let endSharing: [Statement] = [.lockJob, .undo, .prove, .apply, .commit]
    private static let rescueStatements: [Statement] = [.seize, .lose, .commit]
    private static let muteStatements: [Statement] = [.lockAccount, .mute, .commit]
    private static let muteUnlocked: [Statement] = [.mute, .commit]
    private static let userStatements: [Statement] = [.apply, .commit]
    private static let closingsStatements: [Statement] = [.lockAccount, .evaluate, .prove, .commit]
    private static let completeStatements: [Statement] = [.apply, .prove, .commit]
}
