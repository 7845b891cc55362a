import Foundation
import MartletProgram
import MartletTestSupport
import Testing

@testable import martlet

/// The completions are made from the table and are valid where the shell is at hand.
struct CommandLineCompletionTests {
    private func script(_ shell: String, _ folder: Folder) throws -> String {
        let result = try Binary.run(["completions", shell], in: folder)
        #expect(result.code == 0)
        return try folder.write(result.output, "completions." + shell)
    }

    private func shell(_ program: String, _ arguments: [String], _ folder: Folder) throws -> (Int32, String)? {
        guard
            let path = ["/bin/", "/usr/bin/"].map({ $0 + program }).first(where: FileManager.default.isExecutableFile)
        else { return nil }
        let said = folder.path("shell-" + UUID().uuidString)
        let output = try Spawn.file(said, writes: true)
        defer { close(output) }
        let child = try Spawn.start(path, arguments, output: output, errors: output)
        return (Spawn.wait(for: child), try String(contentsOfFile: said, encoding: .utf8))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func syntax(_ name: String) throws {
        let folder = try Folder()
        let path = try script(name, folder)
        if let result = try shell(name, ["-n", path], folder) { #expect(result.0 == 0, "\(result.1)") }
    }

    /// What bash would offer for the last word.
    private func complete(_ words: [String], _ folder: Folder, _ path: String) throws -> [String] {
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let program = """
            source '\(path)'; COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); _martlet; echo "${COMPREPLY[*]}"
            """
        let result = try #require(try shell("bash", ["-c", program], folder))
        return result.1.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test func bashOffersWhatFits() throws {
        let folder = try Folder()
        let path = try script("bash", folder)
        #expect(try complete(["martlet", "f"], folder, path) == ["findings", "frameworks"])
        #expect(try complete(["martlet", "mute", ""], folder, path) == ["add", "list", "remove"])
        #expect(try complete(["martlet", "--database", "x", "fi"], folder, path) == ["findings"])
        #expect(try complete(["martlet", "import", "--scope", ""], folder, path) == ["full", "matrix", "observed"])
        #expect(try complete(["martlet", "findings", "-o", "o"], folder, path) == ["ocsf"])
        #expect(try complete(["martlet", "findings", "--f"], folder, path) == ["--fail-on"])
        #expect(try complete(["martlet", "mute", "add", "--exp"], folder, path) == ["--expires"])
        #expect(try complete(["martlet", "--log-level", ""], folder, path).contains("debug"))
    }

    @Test func everyOptionIsThere() {
        for command in CommandTable.commands {
            for option in command.allOptions {
                #expect(BashCompletion.script.contains("--\(option.name)"))
                #expect(ZshCompletion.script.contains("--\(option.name)"))
                #expect(FishCompletion.script.contains("-l \(option.name)"))
            }
        }
    }
}
