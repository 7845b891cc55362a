import MartletCore
import Testing

@testable import martlet

/// The argument parser by itself.
struct CommandLineParserTests {
    private func parse(_ arguments: String..., environment: [String: String] = [:]) throws -> ParsedArguments {
        try ArgumentParser.parse(arguments, environment: environment)
    }

    private func message(_ arguments: String..., environment: [String: String] = [:]) -> String {
        do {
            _ = try ArgumentParser.parse(arguments, environment: environment)
            return "no error"
        } catch let error as MartletError {
            return error.code == .usage ? error.message : "wrong code \(error.code)"
        } catch {
            return "wrong error"
        }
    }

    @Test func optionsInEveryForm() throws {
        let forms = [
            ["findings", "--output", "json"], ["findings", "--output=json"], ["findings", "-o", "json"],
            ["findings", "-ojson"], ["findings", "-o=json"], ["findings", "-qo", "json"],
            ["-q", "findings", "-o", "JSON"],
        ]
        for form in forms {
            let parsed = try ArgumentParser.parse(form, environment: [:])
            #expect(parsed.command.name == "findings")
            #expect(parsed.value("output") == "json", "\(form)")
        }
    }

    @Test func listsByCommaAndRepetition() throws {
        let parsed = try parse(
            "findings", "--severity", "high,CRITICAL", "--severity=low", "--check=a", "--check", "b,c")
        #expect(parsed.list("severity") == ["high", "critical", "low"])
        #expect(parsed.list("check") == ["a", "b", "c"])
    }

    @Test func someValuesKeepTheirCommas() throws {
        let parsed = try parse("findings", "--resource", "a,b", "--tag", "k=v,w")
        #expect(parsed.list("resource") == ["a,b"])
        #expect(parsed.list("tag") == ["k=v,w"])
    }

    @Test func emptyValueMeansNoRegion() throws {
        #expect(try parse("findings", "--region=").list("region") == [""])
        #expect(try parse("findings", "--region", "").list("region") == [""])
    }

    @Test func dashesEndOptions() throws {
        #expect(try parse("import", "--", "--strict", "-").operands == ["--strict", "-"])
        #expect(try parse("import", "-").operands == ["-"])
        #expect(!(try parse("import", "--", "--strict")).has("strict"))
    }

    @Test func lastOfASingleOptionWins() throws {
        #expect(try parse("scans", "--limit", "1", "--limit", "2").integer("limit", in: 1...9) == 2)
    }

    @Test(arguments: ["0", "-1", "x", "", "1.5", "99999999999999999999"])
    func numbers(_ text: String) throws {
        let parsed = try parse("scans", "--limit=\(text)")
        #expect(throws: MartletError.self) { try parsed.integer("limit", in: 1...9) }
    }

    @Test func environmentStandsIn() throws {
        let environment = [
            "MARTLET_DATABASE": "sqlite:x", "MARTLET_QUIET": "1", "MARTLET_NO_COLOR": "0", "MARTLET_TENANT": "",
            "MARTLET_LOG_LEVEL": "DEBUG",
        ]
        let parsed = try ArgumentParser.parse(["scans", "--log-level", "error"], environment: environment)
        #expect(parsed.value("database") == "sqlite:x")
        #expect(parsed.has("quiet"))
        #expect(!parsed.has("no-color"))
        #expect(parsed.value("tenant") == nil)
        #expect(parsed.value("log-level") == "error")
        #expect(message("scans", environment: ["MARTLET_LOG_LEVEL": "loud"]).contains("MARTLET_LOG_LEVEL"))
    }

    @Test func helpAndVersionEverywhere() throws {
        #expect(try parse("--help").command.name == "help")
        #expect(try parse("mute", "add", "--help").operands == ["mute", "add"])
        #expect(try parse("mute", "-h").operands == ["mute"])
        #expect(try parse("import", "--help").operands == ["import"])
        #expect(try parse("--version").command.name == "version")
    }

    @Test func errorsHelp() {
        #expect(message("findngs").contains("did you mean 'findings'?"))
        #expect(message("mute", "ad").contains("did you mean 'add'?"))
        #expect(message("mute").contains("add, list, remove"))
        #expect(message("findings", "--sevrity=x").contains("did you mean '--severity'?"))
        #expect(message("findings", "--status", "FIAL").contains("did you mean 'FAIL'?"))
        #expect(message("findings", "-x").contains("unknown option '-x'"))
        #expect(message("findings", "--output").contains("needs a value"))
        #expect(message("findings", "--check", "--muted").contains("--check=VALUE"))
        #expect(message("findings", "--muted=1").contains("takes no value"))
        #expect(message("--severity", "high", "findings").contains("behind the command"))
        #expect(message("scan").contains("Usage: martlet scan ID"))
        #expect(message("scan", "a", "b").contains("'b' is one too many"))
        #expect(message("accounts", "x").contains("one too many"))
        #expect(message("findings", "--check", ",").contains("needs a value"))
        #expect(message().contains("martlet help"))
        #expect(message("import").contains("FILE"))
    }

    @Test func noSuggestionForNonsense() {
        #expect(!message("qqqqqq").contains("did you mean"))
        #expect(!message(String(repeating: "findings", count: 10_000)).contains("did you mean"))
    }

    /// A table that contradicts itself would show up as an option nobody can reach.
    @Test func tableIsConsistent() {
        for command in CommandTable.commands {
            let names = command.allOptions.map(\.name)
            #expect(Set(names).count == names.count, "\(command.name)")
            let letters = command.allOptions.compactMap(\.short)
            #expect(Set(letters).count == letters.count, "\(command.name)")
            #expect(CommandTable.command(command.path)?.name == command.name)
            #expect(!command.summary.hasSuffix("."))
        }
    }
}
