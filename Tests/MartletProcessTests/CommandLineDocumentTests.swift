import Foundation
import Testing

@testable import martlet

/// The documents name every command and option.
struct CommandLineDocumentTests {
    private func document(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("docs/" + name), encoding: .utf8)
    }

    @Test func referenceIsComplete() throws {
        let text = try document("cli.md")
        for command in CommandTable.commands {
            #expect(text.contains("martlet \(command.name)"), "\(command.name)")
            for option in command.allOptions {
                #expect(text.contains("--\(option.name)"), "--\(option.name) of \(command.name)")
                if let variable = option.environment { #expect(text.contains("`\(variable)`")) }
            }
        }
    }

    @Test func manualIsComplete() throws {
        let text = try document("martlet.1").replacingOccurrences(of: "\\-", with: "-")
        for command in CommandTable.commands {
            #expect(text.contains("martlet \(command.name)"), "\(command.name)")
            for option in command.allOptions {
                #expect(text.contains("--\(option.name)"), "--\(option.name) of \(command.name)")
                if let variable = option.environment { #expect(text.contains(variable)) }
            }
        }
    }

    /// What a document names exists.
    @Test(arguments: ["cli.md", "martlet.1"])
    func nothingIsInvented(_ name: String) throws {
        let text = try document(name).replacingOccurrences(of: "\\-", with: "-")
        let known = Set(CommandTable.commands.flatMap(\.allOptions).map(\.name)).union(["option", "version"])
        for match in text.matches(of: /--([a-z][a-z-]*)/) {
            #expect(known.contains(String(match.1)), "--\(match.1)")
        }
    }

    @Test func helpOfEveryCommand() {
        for command in CommandTable.commands {
            let help = HelpText.command(command)
            #expect(help.contains("Usage: martlet \(command.synopsis)"))
            for option in command.allOptions { #expect(help.contains("--\(option.name)")) }
            #expect(help.split(separator: "\n").allSatisfy { $0.count <= 110 })
            #expect(HelpText.overview.contains(command.name))
        }
    }
}
