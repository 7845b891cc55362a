import MartletCore
import MartletStore
import Synchronization
import Testing

@testable import MartletEngine

/// What workers write down for the metrics of the whole installation.
@Suite struct WorkReportTests {
    @Test func whatOthersCountIsCountedOnce() {
        var report = WorkReport()
        let counters = WorkCounters()
        var pool = PoolStatus()
        pool.waits = 3
        pool.retries = 1
        report.count(pool, sent: 10, dropped: 0, in: counters)
        report.count(pool, sent: 10, dropped: 0, in: counters)
        pool.waits = 5
        pool.timeouts = 1
        report.count(pool, sent: 12, dropped: 4, in: counters)
        let taken = counters.take()
        #expect(
            taken == [.poolWaits: 5, .databaseRetries: 1, .poolTimeouts: 1, .spansSent: 12, .spansDropped: 4])
        #expect(counters.take().isEmpty)
        counters.putBack([.findings: 2])
        counters.add(.findings, 3)
        #expect(counters.take() == [.findings: 5])
    }

    @Test func anIdleWorkerSaysLittle() throws {
        var report = WorkReport()
        var pool = PoolStatus()
        let first = try #require(report.due(pool, running: 0, at: 100))
        report.said(first, at: 100)
        #expect(report.due(pool, running: 0, at: 100 + WorkReport.silence - 1) == nil)
        #expect(report.due(pool, running: 0, at: 100 + WorkReport.silence) != nil)
        #expect(report.due(pool, running: 1, at: 101)?["running"] == 1)
        pool.inUse = 2
        #expect(report.due(pool, running: 0, at: 101)?["pool_in_use"] == 2)
    }

    private final class Recorder: SpanRecorder {
        let spans = Mutex<[Span]>([])
        func record(_ span: Span) { spans.withLock { $0.append(span) } }
        var counts: SpanCounts { SpanCounts() }
    }

    /// A runner that does what it is told.
    private struct Told: JobRunner {
        let body: @Sendable (JobContext) throws -> JobOutcome
        func run(_ context: JobContext) async throws -> JobOutcome { try body(context) }
        func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
    }

    @Test("every end of an attempt is counted, and a span", arguments: StorePlace.allCases)
    func endsAreCounted(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            let recorder = Recorder()
            let trace = TraceContext.new()
            let store = fixture.test.store
            let tenant = store.tenant
            try await Tracing.$scope.withValue(Tracing.Scope(trace)) {
                try await store.database.write { connection in
                    let request = JobRequest(id: "work", kind: .retention, payload: "{}")
                    _ = try Jobs.enqueue(request, tenant: tenant, connection)
                }
            }
            let seen = Mutex<[String?]>([])
            let runner = Told { context in
                seen.withLock { $0.append(Tracing.current?.traceID) }
                WorkCounters.current?.add(.findings, 7)
                guard context.job.attempts > 1 else { throw MartletError(.io, "of a tenant") }
                return .done
            }
            var settings = PoolFixture.settings
            settings.reporting = 10
            let pool = WorkerPool(
                store: store, runners: [.retention: runner], settings: settings, recorder: recorder)
            let dispatch = store.database.scoped(to: .dispatch)
            try await fixture.running(pool) {
                for _ in 0..<3_000 {
                    let totals = try await dispatch.read { try WorkRecords.figures($0).totals }
                    if totals["completed"] == 1 { return }
                    try await Task.sleep(for: .milliseconds(10))
                }
                Issue.record("never")
            }
            let figures = try await dispatch.read { try WorkRecords.figures($0) }
            #expect(figures.totals["completed"] == 1 && figures.totals["queued"] == 1)
            #expect(figures.totals["retries"] == 1 && figures.totals["findings"] == 14)
            // It has ended and said so.
            #expect(figures.workers.isEmpty)
            #expect(seen.withLock { $0 } == [trace.traceID, trace.traceID])
            let spans = recorder.spans.withLock { $0 }
            #expect(spans.allSatisfy { $0.context.traceID == trace.traceID })
            let attempts = spans.filter { $0.name == "job retention" }
            #expect(attempts.map(\.failure) == ["io", nil])
            #expect(attempts.allSatisfy { $0.context.parentID == trace.spanID && $0.kind == .consumer })
            #expect(spans.filter { $0.name == "queue" }.count == 1)
            #expect(spans.filter { $0.name == "run" }.map(\.failure) == ["io", nil])
            #expect(!spans.contains { "\($0)".contains("tenant") })
        }
    }
}
