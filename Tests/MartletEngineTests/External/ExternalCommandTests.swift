import MartletCore
import Testing

@testable import MartletEngine

@Suite("ExternalCommand")
struct ExternalCommandTests {
    private static func scope(
        uid: String = "123456789012", regions: [String] = [], checks: [String] = [], severities: [Severity] = []
    ) -> ExternalScope {
        ExternalScope(
            account: AccountKey(provider: ProviderSample.aws, uid: uid), regions: regions, checks: checks,
            severities: severities)
    }

    private static let command = ExternalCommand([
        .argument("scanner"), .argument("{provider}"), .argument("--role={account}/x"), .argument("{\"a\":{}}"),
        .argument("-o"), .argument("{output}"), .group(["--region", "{regions}"]), .group(["--checks={checks}"]),
        .group(["{severity}"]),
    ])

    @Test("placeholders are filled, and groups without values are left out")
    func fills() throws {
        let fixed = ["scanner", "aws", "--role=123456789012/x", "{\"a\":{}}", "-o", "/place"]
        #expect(try Self.command.arguments(for: Self.scope(), output: "/place") == fixed)
        let scope = Self.scope(regions: ["b", "a"], checks: ["x", "y"], severities: [.high, .low])
        #expect(
            try Self.command.arguments(for: scope, output: "/place")
                == fixed + ["--region", "b", "a", "--checks=x,y", "high", "low"])
    }

    @Test("what was put in is not looked at again")
    func once() throws {
        let command = ExternalCommand(arguments: ["s", "{output}"])
        #expect(try command.arguments(for: Self.scope(), output: "{account}") == ["s", "{account}"])
    }

    @Test(
        "values that could be more than values are refused",
        arguments: [
            "-x", "--all", "", "a b", "a\nb", "a\0b", "@file", "/etc/passwd", "a,b", "a;b", "$(x)", "é", "a=b",
            "{output}",
            "\u{1B}[0m", String(repeating: "a", count: 129),
        ])
    func refuses(value: String) {
        for scope in [Self.scope(regions: [value]), Self.scope(checks: ["ok", value])] {
            let error = #expect(throws: MartletError.self) {
                try Self.command.arguments(for: scope, output: "/place")
            }
            #expect(error?.code == .invalidInput)
            #expect(error?.message.unicodeScalars.contains { $0.value < 0x20 } == false)
        }
    }

    @Test(
        "ids of accounts may be paths and addresses, not ways out", arguments: ["a/../b", "-a", "", "..", "/a", "a b"])
    func accounts(uid: String) throws {
        #expect(throws: MartletError.self) {
            try Self.command.arguments(for: Self.scope(uid: uid), output: "/place")
        }
        _ = try Self.command.arguments(for: Self.scope(uid: "https://github.com/a/b..c@v1"), output: "/place")
    }

    @Test("a filter that the command does not use is refused")
    func unused() {
        let command = ExternalCommand(arguments: ["scanner"])
        let error = #expect(throws: MartletError.self) {
            try command.arguments(for: Self.scope(regions: ["a"]), output: "/place")
        }
        #expect(error?.message.contains("{regions}") == true)
    }

    @Test(
        "commands that make no sense are refused with their place",
        arguments: [
            ("[]", "/command"), ("[[\"{regions}\"]]", "/command/0"), ("[\"\"]", "/command/0"),
            ("[\"-x\"]", "/command/0"),
            ("[\"./x\"]", "/command/0"), ("[\"{account}\"]", "/command/0"), ("[\"s\",\"{regions}\"]", "/command/1"),
            ("[\"s\",[\"-v\"]]", "/command/1"), ("[\"s\",\"{region}\"]", "/command/1"), ("[\"s\",3]", "/command/1"),
            ("[\"s\",[\"{checks}\",null]]", "/command/1/1"), ("\"s\"", "/command"),
            ("[\"s\",\"\\u0000\"]", "/command/1"),
        ])
    func malformed(text: String, place: String) throws {
        let json = try JSONValue.parse(text)
        let error = #expect(throws: MartletError.self) { try ExternalCommand(json: json) }
        #expect(error?.code == .invalidInput && error?.place == place)
    }
}
