import MartletCore
import Synchronization
import Testing

@Suite struct TraceContextTests {
    @Test func aHeaderBecomesTheParent() throws {
        let given = "00-0123456789abcdef0123456789abcdef-0011223344556677-01"
        let context = try #require(TraceContext(traceparent: given))
        #expect(context.traceID == "0123456789abcdef0123456789abcdef")
        #expect(context.parentID == "0011223344556677")
        #expect(context.spanID != "0011223344556677" && context.spanID.utf8.count == 16)
        #expect(context.isSampled)
        #expect(context.traceparent == "00-\(context.traceID)-\(context.spanID)-01")
        let again = try #require(TraceContext(traceparent: context.traceparent))
        #expect(again.parentID == context.spanID && again.traceID == context.traceID)
        #expect(TraceContext(traceparent: given.dropLast(2) + "00")?.isSampled == false)
        // Of a version that is not known yet, what is known counts.
        #expect(TraceContext(traceparent: "42" + given.dropFirst(2) + "-more")?.parentID == "0011223344556677")
    }

    @Test(arguments: [
        "", "00", "00-0123456789abcdef0123456789abcdef-0011223344556677",
        "00-0123456789abcdef0123456789abcdef-0011223344556677-01-more",
        "ff-0123456789abcdef0123456789abcdef-0011223344556677-01",
        "00-00000000000000000000000000000000-0011223344556677-01",
        "00-0123456789abcdef0123456789abcdef-0000000000000000-01",
        "00-0123456789ABCDEF0123456789ABCDEF-0011223344556677-01",
        "00-0123456789abcdef0123456789abcde-0011223344556677-01",
        "00-0123456789abcdef0123456789abcdef-001122334455667-01",
        "00-0123456789abcdef0123456789abcdef-0011223344556677-1",
        "00-0123456789abcdef0123456789abcdef-0011223344556677-+1",
        "00-0123456789abcdef0123456789abcdeg-0011223344556677-01", "00-é123456789abcdef0123456789abcdef-00-01",
    ])
    func whatIsNoHeaderIsNothing(text: String) { #expect(TraceContext(traceparent: text) == nil) }

    @Test func newOnesDiffer() {
        let all = (0..<1_000).map { _ in TraceContext.new() }
        #expect(Set(all.map(\.traceID)).count == 1_000 && Set(all.map(\.spanID)).count == 1_000)
        #expect(all.allSatisfy { $0.traceID.utf8.count == 32 && $0.parentID == nil })
        #expect(all[0].child().parentID == all[0].spanID)
    }

    private final class Recorder: SpanRecorder {
        let spans = Mutex<[Span]>([])
        func record(_ span: Span) { spans.withLock { $0.append(span) } }
        var counts: SpanCounts { SpanCounts() }
    }

    @Test func stepsAreSpansOfTheTask() async throws {
        let recorder = Recorder()
        let outer = TraceContext.new()
        await Tracing.$scope.withValue(Tracing.Scope(outer, recorder: recorder)) {
            let result = await Tracing.span("outer") {
                await Tracing.span("inner") { Tracing.current?.parentID }
            }
            #expect(result != nil)
            await #expect(throws: MartletError.self) {
                try await Tracing.span("failing") { throw MartletError(.conflict, "of a tenant") }
            }
        }
        #expect(Tracing.current == nil)
        let spans = recorder.spans.withLock { $0 }
        #expect(spans.map(\.name) == ["inner", "outer", "failing"])
        #expect(spans[0].context.parentID == spans[1].context.spanID)
        #expect(spans[1].context.parentID == outer.spanID && spans[1].failure == nil)
        #expect(spans[2].failure == "conflict")
        #expect(spans.allSatisfy { $0.end >= $0.start && $0.context.traceID == outer.traceID })
    }

    @Test func whatNobodyRecordsIsDoneAllTheSame() async throws {
        #expect(await Tracing.span("alone") { 7 } == 7)
        let recorder = Recorder()
        let unsampled = try #require(
            TraceContext(traceparent: "00-0123456789abcdef0123456789abcdef-0011223344556677-00"))
        await Tracing.$scope.withValue(Tracing.Scope(unsampled, recorder: recorder)) {
            #expect(await Tracing.span("unsampled") { 8 } == 8)
        }
        #expect(recorder.spans.withLock { $0.isEmpty })
    }
}
