import Foundation
import MartletCore
import Testing

@testable import MartletEngine

@Suite struct OutcomeTests {
    @Test func printedOutputIsGivenAndThenRemoved() async throws {
        let place = try Place()
        let (text, result) = try await place.perform(place.run(place.source("echo '[1]'; echo note >&2; echo '[2]'")))
        #expect(text == "[1]\n[2]\n")
        #expect(result.exitCode == 0 && result.files.count == 1 && result.peakBytes > 0)
        #expect(place.lines == ["note"])
        #expect(place.remains == [] && place.processes == [])
    }

    @Test func filesAreGivenInTheOrderOfTheirNames() async throws {
        let place = try Place()
        let script = """
            mkdir out; printf b > out/b.json; printf a > out/a.json; printf c > out/c.txt; printf d > out/.d.json
            printf e > e.json; mkdir out/deep; printf f > out/deep/f.json; echo said
            """
        let (text, _) = try await place.perform(place.run(place.source(script, output: "file:out/*.json")))
        #expect(text == "ab")
        #expect(place.lines == ["said"])
        #expect(place.remains == [])
    }

    @Test func findingsAreNoFailure() async throws {
        let place = try Place()
        var source = try place.source("echo '[]'; exit 3")
        #expect(await place.failure(try place.run(source))?.code == .externalFailed)
        source.findingsExitCodes = [3]
        #expect(try await place.perform(place.run(source)).result.exitCode == 3)
        source.findingsExitCodes = [2, 4]
        #expect(await place.failure(try place.run(source))?.code == .externalFailed)
    }

    @Test func failureTellsTheCodeAndTheLastWords() async throws {
        let place = try Place()
        let error = await place.failure(try place.run(place.source("echo '[]'; echo one >&2; echo two >&2; exit 7")))
        #expect(error?.code == .externalFailed)
        #expect(error?.message.contains("exit code 7") == true && error?.message.hasSuffix("two") == true)
        #expect(place.remains == [])
    }

    @Test func signalIsAFailure() async throws {
        let place = try Place()
        let error = await place.failure(try place.run(place.source("kill -SEGV $$")))
        #expect(error?.code == .externalFailed && error?.message.contains("signal 11") == true)
    }

    @Test func missingProgramIsRefusedBeforeAnythingRuns() throws {
        let place = try Place()
        for program in ["/nowhere/scanner", "no-such-scanner", "/tmp", "/etc/passwd"] {
            let error = #expect(throws: MartletError.self) { try place.run(place.source(command: [program])) }
            #expect(error?.code == .externalMissing)
        }
        #expect(place.remains == [])
    }

    @Test func whatCannotBeExecutedSaysSo() async throws {
        let place = try Place()
        let file = place.path + "/program"
        try Data("no program".utf8).write(to: URL(fileURLWithPath: file))
        #expect(chmod(file, 0o700) == 0)
        #expect(await place.failure(try place.run(place.source(command: [file])))?.code == .externalMissing)
        #expect(place.remains == ["program"])
    }

    @Test(arguments: [("true", "stdout"), ("true", "file:*.json"), (": > a.json", "file:*.json")])
    func noOutputIsAFailure(script: String, output: String) async throws {
        let place = try Place()
        #expect(await place.failure(try place.run(place.source(script, output: output)))?.code == .externalNoOutput)
        #expect(place.remains == [])
    }

    @Test func linksOutOfTheDirectoryAreRefused() async throws {
        let place = try Place()
        for target in ["/etc/passwd", "../stdout", "/", "nowhere"] {
            let source = try place.source("ln -s \(target) a.json; echo b > b.json", output: "file:*.json")
            #expect(await place.failure(try place.run(source))?.code == .externalNoOutput)
        }
        let inside = try place.source("mkdir d; echo a > d/a; ln -s d/a a.json", output: "file:*.json")
        #expect(try await place.perform(place.run(inside)).text == "a\n")
        let pipe = try place.source("mkfifo a.json", output: "file:*.json")
        #expect(await place.failure(try place.run(pipe))?.code == .externalNoOutput)
    }

    @Test func argumentsReachTheProgramAsTheyAre() async throws {
        let place = try Place()
        var source = try place.source(command: [
            "/bin/sh", "-c", "printf '%s\\n' \"$@\"", "sh", "$(id); `id` * \"'", "",
        ])
        source.command.parts.append(.group(["--region", "{regions}"]))
        source.command.parts.append(.group(["--check", "{checks}"]))
        var scope = try Place.scope
        scope.regions = ["eu-west-1", "us-east-1"]
        #expect(
            try await place.perform(place.run(source, scope: scope)).text
                == "$(id); `id` * \"'\n\n--region\neu-west-1\nus-east-1\n")
    }

    @Test func errorOfTheBodyComesThroughAndLeavesNothing() async throws {
        struct Failure: Error {}
        let place = try Place()
        let run = try place.run(place.source("echo '[]'"))
        await #expect(throws: Failure.self) { try await run.perform(log: { _ in }, { _ in throw Failure() }) }
        #expect(place.remains == [])
    }
}
