import MartletCore
import MartletStore

/// One attempt at a job as a part of the trace in which somebody asked for it.
struct JobTrace: Sendable {
    /// The span of the attempt.
    let context: TraceContext
    private let job: ClaimedJob
    /// Nanoseconds since 1970: when the claim was sent, and when it was answered.
    private let claimSent: Int64
    private let claimed: Int64

    /// - Parameter claimTook: Nanoseconds from the sending of the claim until now.
    init(_ job: ClaimedJob, claimTook: Int64) {
        self.job = job
        context = job.trace.flatMap(TraceContext.init(traceparent:)) ?? .new()
        claimed = Tracing.now()
        claimSent = claimed - max(0, claimTook)
    }

    /// Records waiting and claim.
    func begin(_ recorder: (any SpanRecorder)?) {
        guard let recorder, context.isSampled else { return }
        if job.attempts == 1 {
            // The database's clock and this machine's need not agree.
            let queued = min(job.queuedAt.milliseconds * 1_000_000, claimSent)
            recorder.record(Span("queue", context: context.child(), start: queued, end: claimSent))
        }
        recorder.record(Span("claim", context: context.child(), start: claimSent, end: claimed))
    }

    /// Records the attempt.
    ///
    /// - Parameters:
    ///   - state: What the job is now, or why nothing was written.
    ///   - failure: Why the attempt failed; nil when it did not.
    func end(_ state: String, failure: String?, _ recorder: (any SpanRecorder)?) {
        guard let recorder, context.isSampled else { return }
        recorder.record(
            Span(
                "job \(job.kind.rawValue)", kind: .consumer, context: context, start: claimSent, end: Tracing.now(),
                attributes: [
                    "martlet.job.id": .text(job.job.id), "martlet.job.kind": .text(job.kind.rawValue),
                    "martlet.job.attempt": .int(job.attempts), "martlet.job.state": .text(state),
                ], failure: failure))
    }
}
