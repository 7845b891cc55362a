/// How the store and its queue are doing, over all tenants.
public struct StoreHealth: Sendable, Hashable {
    /// A number of jobs of one kind in one state.
    public struct Jobs: Sendable, Hashable {
        /// What they do.
        public let kind: String
        /// Where they are.
        public let state: String
        /// How many.
        public let count: Int64
    }

    /// Whether the schema is the one of this program.
    public var isCurrent = false
    /// Jobs that are queued or running, and those that ended within the last hour.
    public var jobs: [Jobs] = []
    /// Leases that have not expired.
    public var leases: Int64 = 0
    /// Running jobs whose lease has not expired.
    public var heldJobs: Int64 = 0
    /// Milliseconds that the oldest queued job whose time has come has waited; nil when none waits.
    public var oldestWait: Int64?
    /// Jobs that were claimed for the first time within the last hour.
    public var claimed: Int64 = 0
    /// Milliseconds that those waited in sum.
    public var waited: Int64 = 0
    /// The longest of them.
    public var longestWait: Int64 = 0
    /// What workers have done, and how they are.
    public var work = WorkFigures()

    /// How long work may wait while no worker shows signs of life: 30 s, in milliseconds.
    public static let patience: Int64 = 30_000

    /// Whether work waits and nobody seems to be there to do it: a worker with nothing to do takes what is due at once, and
    /// one that works holds a lease.
    public var lacksWorkers: Bool { heldJobs == 0 && (oldestWait ?? 0) > Self.patience }

    /// A store of which nothing is known.
    public init() {}
}
