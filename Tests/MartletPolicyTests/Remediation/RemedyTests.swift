import MartletCore
import Testing

@testable import MartletPolicy

/// What is put into a command, and what is not. That a shell reads it so is tested with a shell (`RemediationShellTests`).
@Suite struct RemedyTests {
    private func command(_ cli: String, name: String) throws(MartletError) -> String? {
        let remediation = CheckRemediation(text: "t", cli: try CheckTemplate(cli, place: "c.yaml:1:1"))
        return try remediation.command(id: "/id", name: name, region: "uksouth", account: "sub")
    }

    @Test(arguments: [
        ("az x --name {{ resource.name }}", "a b", "az x --name 'a b'"),
        ("az x --name {{ resource.name }}", "$(id)`id`;|&<>*?~#!\"\\", "az x --name '$(id)`id`;|&<>*?~#!\"\\'"),
        ("az x {{ resource.name }}-pe", "a'b", #"az x 'a'\''b'-pe"#),
        ("az x --set a={{ resource.name }}", "=b", "az x --set a='=b'"),
        (#"az x "n: {{ resource.name }}!""#, "$(id)", #"az x "n: "'$(id)'"!""#),
        ("az x 'n: {{ resource.name }}!'", "$(id)", "az x 'n: ''$(id)''!'"),
        ("az x --logs '[{\"a\":1}]' {{ resource.name }}", "b", "az x --logs '[{\"a\":1}]' b"),
        ("az x {{ resource.name }} && az y {{ resource.name }}", "b;c", "az x 'b;c' && az y 'b;c'"),
        ("az x --name {{ resource.name }}", "日本", "az x --name '日本'"),
    ])
    func isQuotedWhereverItStands(cli: String, name: String, expected: String) throws {
        #expect(try command(cli, name: name) == expected)
    }

    @Test(arguments: [
        "a\nrm -rf /", "a\r", "\u{1B}[201~x", "a\u{0}b", "a\u{7F}", "a\u{2028}b", "a\u{202E}b", "\u{200B}", "a\u{A0}b",
        "-x",
        "--subscription", "@/etc/passwd",
    ])
    func namesThatCouldDoHarmGetNoCommand(name: String) {
        #expect(throws: MartletError.self) { try command("az x --name {{ resource.name }}", name: name) }
    }

    @Test(arguments: [
        "{{ resource.name }} --help", "az x; {{ resource.name }}", "az x > {{ resource.name }}",
        "az x $({{ resource.name }})", "az x `echo {{ resource.name }}`", "az x \"$(echo {{ resource.name }})\"",
        "az x # {{ resource.name }}", "az x <<END {{ resource.name }}", "sh -c 'echo {{ resource.name }}'",
        "eval az {{ resource.name }}", "az x {{ resource.name }} | xargs rm", "/usr/bin/env {{ resource.name }}",
        "az x \\{{ resource.name }}", "az x $'{{ resource.name }}'", "az x ${a:-{{ resource.name }}}",
        "az x | (\n{{ resource.name }})",
    ])
    func commandsThatAShellReadsTwiceAreRefused(cli: String) {
        #expect(throws: MartletError.self) { try command(cli, name: "fine") }
    }

    @Test func theRemedyIsTheChecksOrTheSources() throws {
        let azure = AccountKey(provider: try #require(Provider(name: "azure")), uid: "sub")
        let aws = AccountKey(provider: try #require(Provider(name: "aws")), uid: "1")
        var check = CheckDefinition(
            id: "c", provider: azure.provider, service: "s", title: "t", severity: .high, resourceType: "T",
            description: "d", risk: "r",
            remediation: CheckRemediation(
                text: "Do it.", cli: try CheckTemplate("az x {{ resource.name }} --vnet VNET_ID", place: "c.yaml:1:1"),
                terraform: "x = 1"), resource: "azure.s.t")
        check.references = ["https://a.example"]
        var remedies = Remedies(CheckLibrary(shipped: [check]))
        let text = CheckMetadata(
            check: "c", service: "s", title: "t",
            document:
                #"{"remediation":{"code":{"cli":"fix <name>"},"desc":"Their words","references":["https://b.example"]}}"#
        )
        let own = remedies.remedy(
            of: text, ResourceObservation(uid: "/id", name: "a b"), region: "", account: azure)
        #expect(own.command == "az x 'a b' --vnet VNET_ID" && own.isFilled && own.origin == .check)
        #expect(own.placeholders == ["VNET_ID"] && own.text == "Do it." && own.code == "x = 1")
        let hostile = remedies.remedy(
            of: text, ResourceObservation(uid: "/id", name: "a\nb"), region: "", account: azure)
        #expect(hostile.command == nil && hostile.withheld?.contains("U+000A") == true && !hostile.isFilled)
        let theirs = remedies.remedy(of: text, ResourceObservation(uid: "/id", name: "a"), region: "", account: aws)
        #expect(theirs.command == "fix <name>" && !theirs.isFilled && theirs.origin == .source)
        #expect(theirs.text == "Their words" && theirs.references == ["https://b.example"])
    }
}
