/// Takes spans that have ended. Whoever records never waits.
public protocol SpanRecorder: Sendable {
    /// Takes a span, or drops it and counts that.
    func record(_ span: Span)

    /// What became of the spans so far.
    var counts: SpanCounts { get }
}
