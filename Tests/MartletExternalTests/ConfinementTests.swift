import Foundation
import MartletCore
import Testing

@testable import MartletEngine

@Suite struct ConfinementTests {
    @Test func environmentIsExactlyWhatWasGiven() async throws {
        let place = try Place()
        var source = try place.source(command: ["/usr/bin/env"])
        source.environment["AWS_REGION"] = "eu-west-1"
        source.secrets = [try ExternalSecret("TOKEN=token"), try ExternalSecret("fields")]
        let run = try place.run(source, secrets: ["TOKEN": "two\nlines", "OTHER": "field"])
        let text = try await place.perform(run).text
        let home = try #require(text.split(separator: "\n").first { $0.hasPrefix("HOME=") }?.dropFirst(5))
        #expect(home.hasPrefix(place.path + "/martlet-run-") && home.hasSuffix("/work"))
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        let expected = [
            "AWS_REGION=eu-west-1", "HOME=\(home)", "LANG=C.UTF-8", "MARK=\(place.mark)", "OTHER=field", "PATH=\(path)",
            "PWD=\(home)", "TMPDIR=\(home)", "TOKEN=two", "lines", "TZ=UTC",
        ]
        #expect(text.split(separator: "\n").map(String.init) == expected)
    }

    @Test func nothingElseIsInherited() async throws {
        let place = try Place()
        var source = try place.source(command: [try Place.scanner, "describe"])
        source.outputLimit = 4096
        let descriptor = open("/etc/passwd", O_RDONLY)
        defer { close(descriptor) }
        signal(SIGUSR1, SIG_IGN)
        defer { signal(SIGUSR1, SIG_DFL) }
        let text = try await place.perform(place.run(source)).text
        let expected = """
            fd 0
            fd 1
            fd 2
            core 0
            size 4097
            leader 1 1
            input 1
            privileges 1
            umask 77
            []

            """
        #expect(text == expected)
    }

    @Test func directoryIsPrivate() async throws {
        let place = try Place()
        let text = try await place.perform(place.run(place.source("pwd; stat -c '%a' . .. ; touch f; stat -c %a f")))
            .text
        let lines = text.split(separator: "\n")
        #expect(lines.dropFirst() == ["700", "700", "600"])
        #expect(lines.first?.hasPrefix(place.path) == true)
    }

    @Test func secretsAreCovered() async throws {
        let place = try Place()
        var source = try place.source("echo \"at $TOKEN now\" >&2; echo \"$PEM\" >&2; echo \"last $TOKEN\" >&2; exit 9")
        source.secrets = [try ExternalSecret("TOKEN=token"), try ExternalSecret("PEM=pem")]
        let secrets = ["TOKEN": "hunter22", "PEM": "-----BEGIN\nabcdefgh\n-----END"]
        let error = await place.failure(try place.run(source, secrets: secrets))
        #expect(error?.message.hasSuffix("last ***") == true)
        #expect(place.lines == ["at *** now", "***", "***", "***", "last ***"])
    }

    @Test func memoryIsLimited() async throws {
        let place = try Place()
        var source = try place.source("ulimit -v")
        source.memoryLimit = 256 << 20
        #expect(try await place.perform(place.run(source)).text == "262144\n")
    }

    @Test func deepAndForbiddenDirectoriesAreRemoved() async throws {
        let place = try Place()
        let source = try place.source(command: [try Place.scanner, "dig"])
        #expect(await place.failure(try place.run(source))?.code == .externalFlooded)
        #expect(place.remains == [])
        let locked = try place.source("mkdir -p a/b/c; touch a/b/c/d; chmod 0 a/b/c a/b; ln -s / a/root; echo '[]'")
        _ = try await place.perform(place.run(locked))
        #expect(place.remains == [])
    }

    @Test func abandonedDirectoriesAreSwept() throws {
        let place = try Place()
        let abandoned = place.path + "/martlet-run-old"
        let others = place.path + "/something"
        for path in [abandoned, others] {
            try FileManager.default.createDirectory(atPath: path + "/work", withIntermediateDirectories: true)
        }
        let inUse = try RunDirectory.make(in: place.path)
        defer { close(inUse.lock) }
        #expect(ExternalRun.sweep(directory: place.path) == 0)
        for path in [abandoned, others, inUse.path] {
            let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -3600)]
            try FileManager.default.setAttributes(old, ofItemAtPath: path)
        }
        #expect(ExternalRun.sweep(directory: place.path) == 1)
        #expect(Set(place.remains.map { "\(place.path)/\($0)" }) == [others, inUse.path])
    }
}
