import MartletCore
import Testing

@testable import MartletFormats

struct OCSFReadingTests {
    @Test func everyFieldIsRead() async throws {
        let outcome = try await Fixture.read(Fixture.finding())
        #expect(outcome.rejections.isEmpty)
        #expect(outcome.scanner == "prowler")
        #expect(outcome.format == .ocsfNDJSON)
        let finding = try #require(outcome.findings.first)
        #expect(finding.account.description == "aws/200000000001")
        #expect(outcome.accounts[finding.account]?.name == "Harbour")
        #expect(outcome.accounts[finding.account]?.organization == "o-1")
        #expect(outcome.accounts[finding.account]?.organizationName == "Port")
        #expect(finding.status == .fail)
        #expect(finding.severity == .high)
        #expect(!finding.muted)
        #expect(finding.detail == "Door 7 stands open.")
        #expect(finding.regions == ["eu-west-1"])
        #expect(finding.discriminator == "door-7")
        #expect(finding.observedAt.rfc3339 == "2026-09-21T14:13:20.000Z")
        #expect(finding.firstSeenAt == nil)
        #expect(finding.failingSince == nil)
        #expect(
            finding.resource
                == ResourceObservation(
                    uid: "arn:aws:vault:::door/7", name: "door-7", type: "AwsVaultDoor", service: "vault",
                    region: "eu-west-1", partition: "aws", data: #"{"details":"","metadata":{"a":"x","b":1.0}}"#,
                    tags: [
                        Tag(key: "aws:stack:name", value: "quay"), Tag(key: "colour", value: "red"),
                        Tag(key: "lonely", value: ""),
                    ]))
        #expect(finding.check.check == "vault_door_locked")
        #expect(finding.check.service == "vault")
        #expect(finding.check.title == "Doors are locked")
        #expect(
            finding.check.document
                == #"{"categories":["doors"],"compliance":{"CIS-9.9":["1.1","1.2"]},"description":"Every door has a lock.","#
                + #""remediation":{"desc":"Lock it.","references":["https://doors.example"]},"#
                + #""risk":"Somebody walks in.","types":["Locks"]}"#)
    }

    @Test(arguments: [
        ("{\"details\":\"\",\"metadata\":{}}", ""), ("{}", ""), ("null", ""),
        (
            "{\"z\":[1,null,true],\"a\":\"\\u0041\\n\"}",
            "{\"a\":\"A\\n\",\"z\":[1,null,true]}"
        ),
    ])
    func resourceDataIsCanonical(data: String, expected: String) async throws {
        let text = Fixture.finding((#"{"metadata":{"b":1.0,"a":"x"},"details":""}"#, data))
        #expect(try await Fixture.read(text).findings.map(\.resource.data) == [expected])
    }

    @Test func fallbacks() async throws {
        let text = Fixture.finding(
            (#""event_code":"vault_door_locked","#, ""), (#""account":{"uid":"200000000001","name":"Harbour"},"#, ""),
            (#""status_detail":"Door 7 stands open.","#, ""), (#""severity":"High","#, ""),
            (#""group":{"name":"vault"},"#, ""), (#""provider":"aws","provider_uid""#, #""provider_uid""#))
        let finding = try #require(try await Fixture.read(text).findings.first)
        #expect(finding.check.check == "vault_door_locked")
        #expect(finding.account.uid == "200000000001")
        #expect(finding.account.provider.name == "aws")
        #expect(finding.detail == "Door 7 is open.")
        #expect(finding.severity == .high)
        #expect(finding.resource.service == "vault")
    }

    @Test(arguments: [
        (#""region":["us-east-1","eu-west-1","us-east-1",""]"#, ["eu-west-1", "us-east-1"]),
        (#""region":"""#, ["eu-central-1"]), (#""region":[]"#, ["eu-central-1"]), (#""region":null"#, ["eu-central-1"]),
        (#""namespace":"harbour""#, ["harbour"]),
    ])
    func regions(member: String, expected: [String]) async throws {
        let finding = try await Fixture.read(Fixture.finding((#""region":"eu-west-1""#, member))).findings.first
        #expect(finding?.regions == expected)
        #expect(finding?.resource.region == expected.first)
    }

    @Test func noRegionAtAll() async throws {
        let text = Fixture.finding((#""region":"eu-west-1","#, ""), (#","region":"eu-central-1""#, ""))
        #expect(try await Fixture.read(text).findings.map(\.regions) == [[]])
    }

    @Test func severalResourcesBecomeSeveralFindings() async throws {
        let first = #""resources":[{"uid":"arn:aws:vault:::door/7""#
        let text = Fixture.finding(
            (
                first,
                #""resources":[{"uid":"u","name":"n","region":"b"},{"uid":"u","name":"n","region":"a","labels":["k:v"]},"#
                    + #"{"uid":"u","name":"other"},{"uid":"arn:aws:vault:::door/7""#
            ))
        let findings = try await Fixture.read(text).findings
        #expect(findings.map(\.resource.uid) == ["u", "u", "arn:aws:vault:::door/7"])
        #expect(findings.map(\.discriminator) == ["n", "other", "door-7"])
        #expect(findings.map(\.regions) == [["a", "b"], ["eu-central-1"], ["eu-west-1"]])
        #expect(findings.first?.resource.tags == [Tag(key: "k", value: "v")])
        // One more than fits stays for the next batch.
        let small = try await Fixture.read(text, ReadingOptions(batchSize: 1))
        #expect(small.batches == 3)
        #expect(small.findings.map(Fixture.summary) == findings.map(Fixture.summary))
    }

    @Test(arguments: [#""resources":[]"#, #""resources":null"#, #""nothing":0"#])
    func noResource(member: String) async throws {
        let whole = Fixture.finding()
        let start = try #require(whole.firstRange(of: #""resources":["#)?.lowerBound)
        let end = try #require(whole.firstRange(of: #","unmapped""#)?.lowerBound)
        let text = whole[..<start] + member + whole[end...]
        let outcome = try await Fixture.read(String(text))
        let finding = try #require(outcome.findings.first)
        #expect(finding.resource == ResourceObservation(uid: "", service: "vault", region: "eu-central-1"))
        #expect(finding.regions == ["eu-central-1"])
    }

    @Test(arguments: [
        ("aws:a:b:c", "aws:a:b", "c"), ("aws:a:b:c:d", "aws:a:b", "c:d"), ("aws:a:b", "aws:a", "b"),
        ("aws:a", "aws:a", ""),
        ("k:v:w", "k", "v:w"), ("k:", "k", ""), (":v", "", "v"), ("plain", "plain", ""),
    ])
    func labels(label: String, key: String, value: String) async throws {
        let text = Fixture.finding(
            (#""labels":["colour:red","aws:stack:name:quay","lonely"]"#, #""labels":["\#(label)"]"#))
        #expect(try await Fixture.read(text).findings.map(\.resource.tags) == [[Tag(key: key, value: value)]])
    }

    @Test func tagsAsObjects() async throws {
        let text = Fixture.finding(
            (
                #""labels":["#,
                #""tags":[{"name":"z","value":"1"},{"name":"colour","value":"red"},{"name":"e"}],"labels":["#
            ))
        let tags = try await Fixture.read(text).findings.first?.resource.tags
        #expect(tags?.map(\.key) == ["aws:stack:name", "colour", "e", "lonely", "z"])
    }

    @Test(arguments: [
        ("Informational", Severity.informational), ("Unknown", .informational), ("low", .low), ("MEDIUM", .medium),
        ("Critical", .critical), ("Fatal", .critical),
    ])
    func severities(text: String, expected: Severity) async throws {
        let finding = Fixture.finding((#""severity":"High""#, #""severity":"\#(text)""#))
        #expect(try await Fixture.read(finding).findings.map(\.severity) == [expected])
    }

    @Test(arguments: zip([0, 1, 2, 3, 4, 5, 6], [1, 1, 2, 3, 4, 5, 5]))
    func severityNumbers(id: Int, expected: Int) async throws {
        let finding = Fixture.finding((#""severity_id":4,"severity":"High""#, #""severity_id":\#(id)"#))
        #expect(try await Fixture.read(finding).findings.map(\.severity.rawValue) == [expected])
    }

    @Test(arguments: [(#""status":"Suppressed""#, #""status_id":1"#), (#""status":"New""#, #""status_id":3"#)])
    func mutedBySource(status: String, id: String) async throws {
        let finding = Fixture.finding((#""status":"New""#, status), (#""status_id":1"#, id))
        #expect(try await Fixture.read(finding).findings.map(\.muted) == [true])
    }

    @Test func oneObjectForACheckUntilItsContentChanges() async throws {
        let changed = Fixture.finding(("Somebody walks in.", "Nobody walks in."))
        let lines = [Fixture.finding(), Fixture.finding(name: "b"), changed, changed, Fixture.finding()]
        let checks = try await Fixture.read(lines.joined(separator: "\n")).findings.map(\.check)
        try #require(checks.count == 5)
        #expect(checks[0] === checks[1])
        #expect(checks[1] != checks[2])
        #expect(checks[2] === checks[3])
        #expect(checks[4] == checks[0])
    }

    @Test func whatMartletAddsIsReadBack() async throws {
        let text = Fixture.finding(
            (
                #""unmapped":{"#,
                #""unmapped":{"martlet":{"failing_since":"2026-08-01T00:00:00.5Z","sub_service":"doors","#
                    + #""remediation_code":{"cli":"lock 7"}},"#
            ),
            (#""title":"#, #""first_seen_time":1780000000123,"title":"#))
        let finding = try #require(try await Fixture.read(text).findings.first)
        #expect(finding.failingSince?.rfc3339 == "2026-08-01T00:00:00.500Z")
        #expect(finding.firstSeenAt?.milliseconds == 1_780_000_000_123)
        #expect(finding.check.document.contains(#""remediation":{"code":{"cli":"lock 7"},"desc":"Lock it.","#))
        #expect(finding.check.document.contains(#""sub_service":"doors""#))
    }

    @Test func kubernetesHasNoCloud() async throws {
        let whole = Fixture.finding()
        let start = try #require(whole.firstRange(of: #""cloud":{"#)?.lowerBound)
        let end = try #require(whole.firstRange(of: #""resources":["#)?.lowerBound)
        let text = String(whole[..<start] + whole[end...])
            .replacing(#""provider":"aws""#, with: #""provider":"kubernetes""#)
            .replacing(#""region":"eu-west-1""#, with: #""namespace":"harbour""#)
        let finding = try #require(try await Fixture.read(text).findings.first)
        #expect(finding.account.description == "kubernetes/200000000001")
        #expect(finding.regions == ["harbour"])
    }
}
