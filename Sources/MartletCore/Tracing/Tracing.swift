import Glibc

/// The trace that a task works in. Tasks that it starts, and the transactions that it waits for, work in the same.
public enum Tracing {
    /// Where the task is, and who takes its spans.
    public struct Scope: Sendable {
        /// The span that is under way.
        public var context: TraceContext
        /// Takes spans; nil where nobody collects any.
        public var recorder: (any SpanRecorder)?

        /// A scope of its parts.
        public init(_ context: TraceContext, recorder: (any SpanRecorder)? = nil) {
            self.context = context
            self.recorder = recorder
        }
    }

    /// The scope of the task; nil outside of all traces.
    @TaskLocal public static var scope: Scope?

    /// The span that is under way; nil outside of all traces.
    public static var current: TraceContext? { scope?.context }

    /// Does a step of what is under way, as a span of its own. Without a trace only the step itself.
    public static func span<Result>(
        _ name: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        guard let outer = scope, let recorder = outer.recorder, outer.context.isSampled else {
            return try await body()
        }
        let inner = Scope(outer.context.child(), recorder: recorder)
        let start = now()
        do {
            let result = try await $scope.withValue(inner, operation: body, isolation: isolation)
            recorder.record(Span(name, context: inner.context, start: start, end: now()))
            return result
        } catch {
            recorder.record(
                Span(name, context: inner.context, start: start, end: now(), failure: Self.reason(of: error)))
            throw error
        }
    }

    /// What of an error may leave the installation: its code, never its message, which may name things of a tenant.
    public static func reason(of error: any Error) -> String {
        (error as? MartletError)?.code.description ?? (error is CancellationError ? "cancelled" : "error")
    }

    /// Nanoseconds since 1970.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
