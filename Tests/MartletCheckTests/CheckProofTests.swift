import MartletCore
import MartletFormats
import MartletPolicy
import Testing

@Suite("Examples and the linter")
struct CheckProofTests {
    private let good = "  - {name: g, kind: good, verdict: pass, resource: {\"a\": true}}\n"
    private let bad = "  - {name: b, kind: bad, verdict: fail, resource: {\"a\": false}}\n"

    @Test("An example that does not get its verdict, message or severity is reported")
    func problems() throws {
        let check = try CheckTexts.read(
            """
            pass: resource.a
            messages: {fail: "{{ resource.name }} is bad"}
            examples:
            \(good)\(bad)  - {name: m, kind: bad, verdict: fail, message: x, severity: low, resource: {"a": false, "name": "n"}}
              - {name: w, kind: borderline, verdict: error, resource: {"a": true}}
              - {name: o, kind: borderline, verdict: pass, outcomes: [{verdict: pass}, {verdict: fail}], resource: {"a": true}}
            """)
        let proof = try CheckProof(check)
        #expect(proof.examples == 5)
        let told = proof.problems.map { "\($0.example): \($0.message.prefix(24))" }
        #expect(
            told == [
                "b: the message lacks a valu", "m: expected the message \"x\"", "m: expected the severity lo",
                "w: expected error, got pass", "o: expected 2 outcomes, got",
            ], "\(told)")
    }

    @Test("A check needs a good and a bad example, and may not take a shipped id")
    func lint() throws {
        func errors(_ examples: String, shipped: Set<String> = []) throws -> [String] {
            let check = try CheckTexts.read("pass: resource.a\nexamples:\n\(examples)")
            return CheckLinter(shipped: shipped).issues(of: check).filter { $0.severity == .error }.map(\.message)
        }
        #expect(try errors(good + bad).isEmpty)
        #expect(try errors(good) == ["there is no bad example"])
        #expect(try errors(bad) == ["there is no good example"])
        #expect(try errors(good + bad, shipped: ["my_check"]).first?.contains("shipped") == true)
    }

    @Test("What is never used is reported")
    func unused() throws {
        let check = try CheckTexts.read(
            """
            pass: child.used
            needs: [used, idle]
            with: {many: {collector: c}}
            let: {x: '1'}
            parameters: {p: {type: int, default: 1, description: d}}
            """)
        let warnings = CheckLinter().issues(of: check).filter { $0.severity == .warning }.map(\.message)
        for name in ["idle", "many", "x", "p"] { #expect(warnings.contains("'\(name)' is never used")) }
        #expect(!warnings.contains("'used' is never used"))
    }

    @Test("A library knows ids and aliases, keeps shipped checks, and binds a tenant's parameters")
    func library() throws {
        func check(_ id: String, _ title: String) throws -> CheckDefinition {
            var check = try CheckTexts.read(
                "pass: param.p > 1\naliases: [AZ-\(id)]\nparameters: {p: {type: int, default: 1, description: d}}")
            check.id = id
            check.title = title
            return check
        }
        let library = CheckLibrary(
            shipped: [try check("b", "shipped")], own: [try check("a", "own"), try check("b", "own")],
            parameters: ["a": ["p": .int(2)]])
        #expect(
            library.entries.map(\.definition.id) == ["a", "b"] && library.entries.map(\.origin) == [.tenant, .shipped])
        #expect(library["az-B"]?.definition.title == "shipped" && library["c"] == nil)
        let azure = try #require(Provider(name: "azure"))
        #expect(try library.compiled(azure).count == 2)
    }
}

@Suite("Commands of a remediation")
struct CheckCommandTests {
    private func command(_ cli: String, id: String, name: String = "n") throws -> String? {
        let remediation = CheckRemediation(text: "t", cli: try CheckTemplate(cli, place: "my.yaml:1:1"))
        return try remediation.command(id: id, name: name, region: "uksouth", account: "sub")
    }

    @Test("Names of the resource are filled in and quoted for a shell")
    func filledIn() throws {
        let id = "/subscriptions/s/resourceGroups/rg-main/providers/X/y/z"
        #expect(
            try command("az {{ resource.group }} {{ resource.id }} {{ account.id }} {{ resource.region }}", id: id)
                == "az rg-main \(id) sub uksouth")
        #expect(
            try command("rm {{ resource.name }}", id: id, name: "a'; rm -rf /; '") == #"rm 'a'\''; rm -rf /; '\'''"#)
        #expect(try command("rm {{ resource.name }}", id: "", name: "") == "rm ''")
        #expect(try command("x {{ resource.group }}", id: "/users/1") == "x ''")
        #expect(try CheckRemediation(text: "t").command(id: "", name: "", region: "", account: "") == nil)
    }

    @Test("A command that names what there is not is refused")
    func refused() {
        for cli in ["{{ resource.properties.x }}", "{{ child.x }}", "{{ resource. }}"] {
            let error = #expect(throws: MartletError.self) { try command(cli, id: "i") }
            #expect(error?.place == "my.yaml:1:1")
        }
    }
}
