/// How a change of mutes or frameworks reaches the postures that it concerns.
public enum Reevaluation: Sendable, Hashable {
    /// All of them show it.
    case done
    /// A job of this id brings it to them, one whole posture after the other; until then they are pending.
    case queued(job: String)

    /// Who waits for it.
    public enum Mode: Sendable, Hashable {
        /// The change returns when every posture shows it.
        case atOnce
        /// The change leaves the postures to a worker where it concerns more than ``Administration/accountsAtOnce``.
        case byWorker
    }
}
