import MartletCore
import MartletEngine
import MartletFormats
import MartletStore

/// A worker as `martlet worker` runs one, but for its settings.
enum TestWorker {
    /// Works until a job has ended.
    static func run(_ store: Store, url: String, until job: String) async throws {
        var settings = WorkerSettings()
        settings.concurrency = 1
        settings.timing = LeaseTiming(lifetime: 1_500)
        // Often enough that a scan is renewed, and a busy machine may pause for a second.
        settings.timing.renewal = 30
        settings.timing.rescue = 20
        settings.polling = 20
        settings.limits.backoffBase = 0
        settings.limits.maximumLosses = 1_000
        let runners: [JobKind: any JobRunner] = [
            .scan: FirstFails(
                scans: ScanRunner { order in
                    let reader = try ScanFileReader(
                        path: order.filePath ?? "", options: ReadingOptions(batchSize: 2))
                    return (SlowSource(reader), reader.sizeInBytes)
                }),
            .retention: Idle(), .reevaluation: ReevaluationRunner(),
        ]
        let service = try await WorkerService(store: store, url: url, runners: runners, settings: settings) {
            print($0 ?? "-", $1)
        }
        let run = Task { await service.run() }
        while try await store.readRetrying({ try $0.job(job)?.state.isFinal }) == false {
            try await Task.sleep(for: .milliseconds(5))
        }
        await service.stop()
        await run.value
    }

    /// A job that does nothing but tell how far it is.
    private struct Idle: JobRunner {
        func run(_ context: JobContext) async throws -> JobOutcome {
            context.report(500, "half")
            return .done
        }

        func undo(_ job: ClaimedJob, _ connection: any Connection) throws {}
    }

    /// The first attempt at a strict scan fails after it has written something.
    private struct FirstFails: JobRunner {
        let scans: ScanRunner

        func run(_ context: JobContext) async throws -> JobOutcome {
            let order = try ScanOrder(payload: context.job.payload, version: context.job.version)
            guard order.isHistory, context.job.attempts == 1 else { return try await scans.run(context) }
            let broken = ScanRunner { order in
                let reader = try ScanFileReader(path: order.filePath ?? "", options: ReadingOptions(batchSize: 2))
                return (SlowSource(reader, breaks: true), reader.sizeInBytes)
            }
            return try await broken.run(context)
        }

        func undo(_ job: ClaimedJob, _ connection: any Connection) throws { try scans.undo(job, connection) }
    }
}
