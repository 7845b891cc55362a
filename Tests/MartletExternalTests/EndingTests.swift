import Foundation
import MartletCore
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite struct EndingTests {
    @Test(arguments: ["daemon", "comet", "tree"])
    func nothingOutlivesTheScanner(how: String) async throws {
        let place = try Place()
        let (text, _) = try await place.perform(place.run(place.source(command: [try Place.scanner, how])))
        #expect(text == "[]\n")
        #expect(place.processes == [] && place.remains == [])
    }

    @Test(arguments: ["daemon", "comet", "tree"])
    func nothingOutlivesACancel(how: String) async throws {
        let place = try Place()
        let run = try place.run(place.source(command: [try Place.scanner, how, "hang"]), grace: .milliseconds(200))
        let task = Task { await place.failure(run) }
        try await place.awaitFile(how == "tree" ? "ready" : how)
        try await place.awaitFile("ready")
        #expect(!place.processes.isEmpty)
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(place.processes == [] && place.remains == [])
    }

    @Test(arguments: ["daemon", "comet", "tree"])
    func nothingOutlivesTheWorker(how: String) async throws {
        let place = try Place()
        let worker = try start(place, how)
        try await place.awaitFile(how == "tree" ? "ready" : how)
        try await place.awaitFile("ready")
        #expect(kill(worker, SIGKILL) == 0)
        #expect(Spawn.wait(for: worker) == -SIGKILL)
        try await place.wait { place.processes == [] && place.remains == [] }
    }

    @Test func workerThatDiesWhileItReadsLeavesNothing() async throws {
        let place = try Place()
        let worker = try start(place, "none", hang: false)
        try await place.wait { !place.remains.isEmpty }
        try await place.wait { place.processes == [] }
        #expect(kill(worker, SIGKILL) == 0)
        #expect(Spawn.wait(for: worker) == -SIGKILL)
        try await place.wait { place.remains == [] }
    }

    @Test func scannerMayFinishItsWorkOnCancel() async throws {
        let place = try Place()
        let script = "trap 'echo finished >&2; exit 0' TERM; touch ready; while :; do sleep 0.05; done"
        let run = try place.run(place.source(script), grace: .seconds(30))
        let task = Task { await place.failure(run) }
        try await place.awaitFile("ready")
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(place.lines.last == "finished")
    }

    @Test func stoppedScannerIsEnded() async throws {
        let place = try Place()
        let run = try place.run(place.source("touch ready; kill -STOP $$"), grace: .milliseconds(200))
        let task = Task { await place.failure(run) }
        try await place.awaitFile("ready")
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(place.processes == [])
    }

    @Test func cancelBeforeTheStartRunsNothing() async throws {
        let place = try Place()
        let run = try place.run(place.source("touch \(place.path)/ran"))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await place.failure(run)
        }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        #expect(place.remains == [])
    }

    @Test func deathOfTheGuardianIsAFailure() async throws {
        let place = try Place()
        let run = try place.run(place.source("sleep 600 & kill -KILL $PPID; sleep 600"))
        #expect(await place.failure(run)?.code == .externalFailed)
        try await place.wait { place.processes == [] }
        #expect(place.remains == [])
    }

    private func start(_ place: Place, _ how: String, hang: Bool = true) throws -> pid_t {
        let arguments = [try Place.scanner, how] + (hang ? ["hang"] : [])
        return try Spawn.start(
            try Place.program("martlet-test-worker"),
            [try place.source(command: arguments).json.text, place.path])
    }
}
