/// Something that works until it is told to stop, and may die before.
public protocol SupervisedWorker: Sendable {
    /// Works until ``stop()``. An earlier return, and an error, is a death.
    func run() async throws

    /// Ends ``run()``, after what is under way.
    func stop() async

    /// Gives up at once what is under way; called when it does not go on. It must not wait for what hangs.
    func abandon() async

    /// There may be work to do.
    func wake() async

    /// Whether it goes on; false when it hangs.
    var isAlive: Bool { get async }
}
