import Foundation
import MartletCore
import MartletTestSupport
import Testing

@testable import MartletProviders

/// Tokens of Azure's command line, with programs in its place that behave as it does, or badly.
@Suite(.timeLimit(.minutes(10)))
struct CommandLineTokenTests {
    private static let good = #"{"accessToken":"tok.en-1","expires_on":EXPIRES,"tokenType":"Bearer"}"#

    /// Runs a script in the place of `az`; gives what came, and the arguments that it got.
    private func ask(
        _ script: String, tenant: String? = nil, timeout: Int = 60
    ) async throws -> (token: AccessToken, arguments: [String]) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-az-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("az")
        let log = folder.appendingPathComponent("arguments").path
        let text = script.replacing("EXPIRES", with: String(Int(Date().timeIntervalSince1970) + 3_600))
        // Written by another process: a child that is started meanwhile must not hold it open for writing.
        try Command.output(
            "/bin/sh",
            [
                "-c", #"printf '%s\n' "$1" > az && chmod 700 az"#, "sh",
                "#!/bin/sh\nprintf '%s\\n' \"$@\" > '\(log)'\n\(text)",
            ], in: folder.path)
        let tokens = CommandLineTokens(tenant: tenant, program: file.path, timeout: timeout)
        let token = try await tokens.token(for: "https://graph.microsoft.com")
        let arguments = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
        return (token, arguments)
    }

    @Test func takesWhatItPrints() async throws {
        let (token, arguments) = try await ask("echo '\(Self.good)'; echo noise >&2")
        #expect(token.text == "tok.en-1")
        let asked = ["account", "get-access-token", "--output", "json", "--resource", "https://graph.microsoft.com"]
        #expect(arguments == asked)
        #expect(token.expiresAt > .now + .seconds(3_000) && token.expiresAt < .now + .seconds(4_000))
        #expect(try await ask("echo '\(Self.good)'", tenant: "t1").arguments == asked + ["--tenant", "t1"])
        // An older one says only in local time until when it holds; that is not relied upon.
        let old = #"echo '{"accessToken":"t","expiresOn":"2001-01-01 00:00:00.000000"}'"#
        let expires = try await ask(old).token.expiresAt
        #expect(expires > .now && expires < .now + .seconds(700))
    }

    @Test(
        "what is no token is an error that says what to do, and does not repeat what was printed",
        arguments: [
            ("echo 'ERROR: Please run az login: secret-detail' >&2; exit 1", "failed"),
            ("echo 'not JSON secret-detail'", "az login"), ("true", "az login"),
            (#"echo '{"accessToken":null}'"#, "az login"), (#"echo '{"accessToken":""}'"#, "az login"),
            (#"echo '{"accessToken":"a b"}'"#, "az login"), (#"printf '{"accessToken":"a\\nb"}'"#, "az login"),
            (#"echo '{"accessToken":"t","expires_on":1000}'"#, "has ended"),
            (#"echo '["tok"]'"#, "az login"), ("echo '\(good)'; exit 3", "failed"), ("kill -9 $$", "failed"),
            ("head -c 2000000 /dev/zero | tr '\\0' x", "failed"),
        ])
    func refuses(script: String, words: String) async throws {
        do {
            _ = try await ask(script)
            Issue.record("a token came")
        } catch let error as MartletError {
            #expect(error.code == .denied)
            #expect(error.description.contains(words), "\(error)")
            #expect(!error.description.contains("secret-detail"))
        }
    }

    @Test(
        "one that hangs is ended, with all that it has started",
        arguments: [
            "sleep 600 & note $!; wait", "exec >&-; sleep 600 & note $!; wait",
            "sh -c 'sleep 600 & note $!; wait'; true",
            "trap '' TERM; sleep 600 & note $!; wait", "sleep 600 & note $!",
        ])
    func hangs(script: String) async throws {
        let begun = ContinuousClock.now
        let list = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-pids-\(UUID().uuidString)")
            .path
        defer { unlink(list) }
        // What it starts writes its number down, where nobody clears up.
        let noting = script.replacing("note $!", with: "echo $! >> '\(list)'")
        await #expect(throws: MartletError.self) { _ = try await ask("echo $$ >> '\(list)'; " + noting, timeout: 1) }
        #expect(begun.duration(to: .now) < .seconds(120))
        let pids = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").compactMap { Int32($0) }
        #expect(pids.count >= 2)
        for pid in pids {
            for _ in 0..<1_000 where Self.lives(pid) { try await Task.sleep(for: .milliseconds(10)) }
            #expect(!Self.lives(pid), "\(pid)")
        }
    }

    /// Whether a process goes on; one that has ended and that nobody has waited for does not.
    private static func lives(_ pid: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
        return !status.contains(") Z")
    }

    @Test func isLookedForOnThePath() async throws {
        let tokens = CommandLineTokens(tenant: nil, program: "martlet-no-such-program")
        do {
            _ = try await tokens.token(for: "x")
            Issue.record("it was found")
        } catch let error as MartletError {
            #expect(error.code == .notFound && error.message.contains("martlet-no-such-program"))
        }
        #expect(CommandLineTokens(tenant: nil).program == "az")
    }
}
