import Foundation
import MartletCore
import Testing

@testable import MartletEngine

@Suite struct LimitTests {
    @Test func endlessOutputIsEnded() async throws {
        let place = try Place()
        var source = try place.source("exec yes")
        source.outputLimit = 1 << 20
        #expect(await place.failure(try place.run(source))?.code == .externalFlooded)
        #expect(place.remains == [] && place.processes == [])
    }

    @Test func overflowThatCallsItselfASuccessIsSeen() async throws {
        let place = try Place()
        var source = try place.source(command: [try Place.scanner, "overflow"])
        source.outputLimit = 100_000
        #expect(await place.failure(try place.run(source))?.code == .externalFlooded)
    }

    @Test func outputAtTheLimitIsFine() async throws {
        let place = try Place()
        var source = try place.source("head -c 1024 /dev/zero | tr '\\0' x")
        source.outputLimit = 1024
        #expect(try await place.perform(place.run(source)).text.utf8.count == 1024)
        source.command.parts[2] = .argument("head -c 1025 /dev/zero")
        #expect(await place.failure(try place.run(source))?.code == .externalFlooded)
    }

    @Test func endlessErrorsBlockNothing() async throws {
        let place = try Place()
        let (_, result) = try await place.perform(
            place.run(place.source("yes 0123456789 | head -c 5000000 >&2; echo the end >&2; echo '[]'")))
        let kept = place.lines.reduce(0) { $0 + $1.utf8.count + 1 }
        #expect(kept < (1 << 20) + 100)
        #expect(result.droppedLines > 300_000)
        #expect(place.lines.last == "\(result.droppedLines) more lines were not kept")
    }

    @Test func endlessErrorsAreEndedInTime() async throws {
        let place = try Place()
        var source = try place.source("trap '' TERM; yes >&2")
        source.timeout = 1
        #expect(await place.failure(try place.run(source, grace: .milliseconds(100)))?.code == .externalTimeout)
        #expect(place.remains == [] && place.processes == [])
    }

    @Test func oneEndlessLineIsBounded() async throws {
        let place = try Place()
        _ = try await place.perform(place.run(place.source("head -c 30000000 /dev/zero >&2; echo '[]'")))
        #expect(place.lines.count == 1 && place.lines[0].hasSuffix("…"))
    }

    @Test func diskIsLimited() async throws {
        let place = try Place()
        var source = try place.source("i=0; while :; do head -c 100000 /dev/urandom > f$i; i=$((i+1)); done")
        source.outputLimit = 1 << 20
        source.diskLimit = 3 << 20
        let error = await place.failure(try place.run(source))
        #expect(error?.code == .externalFlooded && error?.message.contains("on disk") == true)
        #expect(place.remains == [] && place.processes == [])
    }

    @Test func hangIsEnded() async throws {
        let place = try Place()
        var source = try place.source("echo waiting >&2; sleep 600")
        source.timeout = 1
        let error = await place.failure(try place.run(source))
        #expect(error?.code == .externalTimeout && error?.message.hasSuffix("waiting") == true)
        #expect(place.remains == [] && place.processes == [])
    }
}
