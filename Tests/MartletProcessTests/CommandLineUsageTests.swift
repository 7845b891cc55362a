import Foundation
import MartletProgram
import Testing

/// The built program: usage, exit codes, help.
struct CommandLineUsageTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Binary.Result {
        try Binary.run(arguments, environment: environment, in: folder)
    }

    @Test func wrongUsageIsTwo() throws {
        for arguments in [
            [], ["nonsense"], ["findings", "--nonsense"], ["findings", "--status", "x"], ["scan"], ["mute", "add"],
            ["mute", "add", "--check", "x"], ["mute", "add", "--check", "x", "--reason", " "], ["import"],
            ["findings", "--limit", "0"], ["findings", "--muted", "--unmuted"], ["diff", "a"], ["completions", "tcsh"],
            ["import", "-", "-"], ["help", "nonsense"],
            ["mute", "add", "--check", "x", "--reason", "r", "--expires", "y"],
        ] {
            let result = try Binary.run(arguments, in: folder)
            #expect(result.code == 2, "\(arguments): \(result.errors)")
            #expect(result.output.isEmpty)
            #expect(result.errors.hasPrefix("martlet: "))
        }
    }

    @Test func suggestionOnStandardError() throws {
        let result = try run("fidnings")
        #expect(result.errors.contains("did you mean 'findings'?"))
    }

    @Test func helpGoesToStandardOutput() throws {
        for arguments in [
            ["help"], ["--help"], ["help", "import"], ["import", "--help"], ["mute", "--help"], ["help", "mute"],
        ] {
            let result = try Binary.run(arguments, in: folder)
            #expect(result.code == 0)
            #expect(result.output.contains("Usage: martlet"))
            #expect(result.errors.isEmpty)
        }
    }

    @Test func version() throws {
        #expect(try run("version").output == run("--version").output)
        #expect(try run("version").output.hasPrefix("martlet "))
    }

    @Test func noStoreIsSaidAndNotMade() throws {
        for command in [
            ["findings"], ["accounts"], ["diff"], ["scan", "x"], ["mute", "list"], ["account", "remove", "x"],
        ] {
            let result = try Binary.run(command, in: folder)
            #expect(result.code == 1)
            #expect(result.errors.contains("martlet import"), "\(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("home")))
    }

    @Test func missingFileIsOneAndMakesNoStore() throws {
        let result = try run("import", folder.path("nothing.json"))
        #expect(result.code == 1)
        #expect(result.errors.contains("nothing.json"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("home")))
    }

    @Test func unknownStoreIsAnError() throws {
        #expect(try run("accounts", "--database", "mysql://x").code != 0)
    }

    @Test func lintReportsErrorsByItsCode() throws {
        let bad = try folder.write("{\"Framework\":\"X\"", "bad.json")
        #expect(try run("frameworks", "lint", bad).code == 1)
        let empty = folder.path("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        #expect(try run("frameworks", "lint", empty).code == 1)
    }
}
