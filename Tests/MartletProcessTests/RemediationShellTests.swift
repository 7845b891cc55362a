import Foundation
import MartletCore
import MartletProgram
import MartletTestSupport
import Testing

@testable import MartletPolicy

/// What shells do with commands that names were put into: whatever the name, one command runs, with the name as it is.
struct RemediationShellTests {
    private static let names = [
        "plain", "two words", " leading and trailing ", "a'b", "'", "''", "a\"b", "$(touch pwned)", "`touch pwned`",
        "; touch pwned", "| touch pwned", "& touch pwned", "&& touch pwned", "> pwned", "< /etc/passwd", "$HOME",
        "${HOME}",
        "~", "~root", "*", "?", "[a-z]", "{a,b}", "!!", "!echo", "#no comment", "=ls", "%1", "a=b", "\\", "\\\\", "\\'",
        "a\\", "(touch pwned)", "$((1+1))", "'; touch pwned; '", "\"; touch pwned; \"", "'$(touch pwned)'", "日本", "é",
        "a\tb".replacingOccurrences(of: "\t", with: "^I"), "%s%n", "",
    ]

    /// The author's text before and after the name, and what each of the words must be, with `@` for the name.
    private static let templates = [
        ("printf '[%s]' {{ resource.name }} end", "[@][end]"),
        ("printf '[%s]' x-{{ resource.name }}-y end", "[x-@-y][end]"),
        ("printf '[%s]' \"in {{ resource.name }} double\" end", "[in @ double][end]"),
        ("printf '[%s]' 'in {{ resource.name }} single' end", "[in @ single][end]"),
        ("printf '[%s]' {{ resource.name }}{{ resource.name }}", "[@@]"),
        ("printf '[%s]' {{ resource.name }} && printf '[%s]' {{ resource.name }}", "[@][@]"),
    ]

    @Test(arguments: ["sh", "bash", "dash", "zsh", "ksh"])
    func aNameIsNeverMoreThanAName(_ shell: String) throws {
        guard
            let program = ["/bin/", "/usr/bin/"].map({ $0 + shell }).first(where: FileManager.default.isExecutableFile)
        else { return }
        let folder = try Folder()
        var script = "cd '\(folder.url.path)'\n"
        var expected: [String] = []
        for name in Self.names {
            for (template, words) in Self.templates {
                let remediation = CheckRemediation(text: "t", cli: try CheckTemplate(template, place: "c.yaml:1:1"))
                let command = try #require(
                    try remediation.command(id: "/id", name: name, region: "", account: ""))
                script += command + "\nprintf '\\n'\n"
                expected.append(words.replacingOccurrences(of: "@", with: name))
            }
        }
        let said = folder.path("said")
        let output = try Spawn.file(said, writes: true)
        defer { close(output) }
        let child = try Spawn.start(
            program, [try folder.write(script, "script")], environment: ["PATH": "/usr/bin:/bin", "HOME": "/nowhere"],
            output: output, errors: output)
        #expect(Spawn.wait(for: child) == 0)
        let lines = try String(contentsOfFile: said, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines == expected)
        #expect(!FileManager.default.fileExists(atPath: folder.path("pwned")))
    }
}
