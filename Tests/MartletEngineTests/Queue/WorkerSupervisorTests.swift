import MartletCore
import MartletStore
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletEngine

@Suite("Queue: a worker under supervision")
struct WorkerSupervisorTests {
    /// A worker that ends, fails or hangs as it is told to.
    private final class Fake: SupervisedWorker {
        enum Kind: Sendable { case ends, fails, isDead, neverAnswers, works }

        let kind: Kind
        let begun = Gate()
        let abandoned = Gate()
        private let end = Gate()

        init(_ kind: Kind) { self.kind = kind }

        func run() async throws {
            begun.open()
            switch kind {
            case .ends: return
            case .fails: throw MartletError(.io, "the disk has gone")
            case .isDead, .neverAnswers, .works: await end.pass()
            }
        }

        func stop() async { end.open() }
        func abandon() async { abandoned.open() }
        func wake() async {}

        var isAlive: Bool {
            get async {
                if kind == .neverAnswers { await end.pass() }
                return kind == .works
            }
        }
    }

    /// Gives the workers of a list one after the other, and an error where there is none.
    private final class Maker: Sendable {
        let workers: [Fake?]
        private let next = Mutex(0)
        let lines = PoolFixture.Lines()

        init(_ workers: [Fake?]) { self.workers = workers }

        func make() throws -> any SupervisedWorker {
            let index = next.withLock { next in
                next += 1
                return next - 1
            }
            guard index < workers.count, let worker = workers[index] else {
                throw MartletError(.io, "no database")
            }
            return worker
        }

        func supervisor() -> WorkerSupervisor {
            var pause = RestartPause()
            (pause.shortest, pause.longest) = (1, 2)
            let lines = lines
            return WorkerSupervisor(pause: pause, watch: 5, silence: 2_000, log: { lines.add($0) }) { try self.make() }
        }
    }

    @Test("one that ends, fails, cannot be made or hangs is replaced; one that works is not")
    func replaced() async throws {
        let (dead, mute, last) = (Fake(.isDead), Fake(.neverAnswers), Fake(.works))
        let maker = Maker([Fake(.ends), Fake(.fails), nil, dead, mute, last])
        let supervisor = maker.supervisor()
        let run = Task { await supervisor.run() }
        await last.begun.pass()
        await dead.abandoned.pass()
        await mute.abandoned.pass()
        #expect(await supervisor.status == .working)
        #expect(await supervisor.restarts == 5)
        let reasons = ["ended by itself", "the disk has gone", "no database", "hangs", "hangs"]
        #expect(maker.lines.all.count == reasons.count)
        for (line, reason) in zip(maker.lines.all, reasons) { #expect(line.contains(reason)) }
        await supervisor.stop()
        await run.value
        #expect(await supervisor.status == .idle)
        #expect(maker.lines.all.count == reasons.count, "an end that was asked for is no death")
        await mute.stop()
    }

    @Test("it is ended during a pause, too, and before it begins")
    func stopped() async throws {
        var pause = RestartPause()
        (pause.shortest, pause.longest) = (3_600_000, 3_600_000)
        let supervisor = WorkerSupervisor(pause: pause) { throw MartletError(.io, "no database") }
        let run = Task { await supervisor.run() }
        while true {
            if case .pausing(let reason) = await supervisor.status {
                #expect(reason.contains("no database"))
                break
            }
            await Task.yield()
        }
        await supervisor.stop()
        await run.value
        let early = WorkerSupervisor { throw MartletError(.io, "made") }
        await early.stop()
        await early.run()
        #expect(await early.restarts == 0)
    }

    @Test("pauses double up to the longest, are random in their second half, and begin anew after a healthy life")
    func pauses() {
        var generator = SplitMix(seed: 7)
        var pause = RestartPause()
        for bound in [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] as [Int64] {
            #expect(pause.bound == bound)
            let next = pause.next(after: 59_999, using: &generator)
            #expect((bound / 2...bound).contains(next))
        }
        for _ in 0..<200 { _ = pause.next(after: 0, using: &generator) }
        #expect(pause.bound == 60_000)
        #expect((250...500).contains(pause.next(after: 60_000, using: &generator)))
        #expect(pause.bound == 1_000)
        (pause.shortest, pause.longest) = (-5, 0)
        #expect((0...1).contains(pause.next(after: 60_000, using: &generator)))
    }

    private struct Held: JobRunner {
        let begun: Gate
        let end: Gate

        func run(_ context: JobContext) async throws -> JobOutcome {
            guard context.job.attempts == 1 else { return .done }
            begun.open()
            await end.pass()
            return .done
        }

        func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
    }

    @Test("what a dead pool held is done by the one that replaces it, as a loss", arguments: StorePlace.allCases)
    func takenOver(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            let tenant = test.store.tenant
            try await test.store.database.write {
                _ = try Jobs.enqueue(JobRequest(id: "j", kind: .retention, payload: "{}"), tenant: tenant, $0)
            }
            var settings = PoolFixture.settings
            settings.timing = LeaseTiming(lifetime: 500)
            settings.limits.maximumLosses = 1_000
            let (held, lines) = (Held(begun: Gate(), end: Gate()), fixture.lines)
            let services = Mutex<[WorkerService]>([])
            let bound = settings
            var pause = RestartPause()
            pause.shortest = 1
            let supervisor = WorkerSupervisor(pause: pause, silence: 3_600_000, log: { lines.add($0) }) {
                let service = try await WorkerService(
                    store: test.store, url: test.url, runners: [.retention: held], settings: bound
                ) { lines.add("\($0 ?? "-") \($1)") }
                services.withLock { $0.append(service) }
                return service
            }
            let run = Task { await supervisor.run() }
            await held.begun.pass()
            await services.withLock { $0[0] }.abandon()
            for _ in 0..<6_000 {
                if try await fixture.job("j").state.isFinal { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            let job = try await fixture.job("j")
            #expect(job.state == .completed && job.losses >= 1 && job.attempts == job.losses + 1, "\(lines.all)")
            #expect(await supervisor.restarts == 1)
            await supervisor.stop()
            await run.value
            held.end.open()
        }
    }
}
