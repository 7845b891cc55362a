/// What comes of an event: the job's new values, and what is written with them.
public struct JobTransition: Sendable, Hashable {
    /// The new values.
    public var job: JobMachine
    /// In the order in which they are to be carried out.
    public var actions: [JobAction]

    /// Puts an outcome together.
    public init(job: JobMachine, actions: [JobAction]) {
        self.job = job
        self.actions = actions
    }
}
