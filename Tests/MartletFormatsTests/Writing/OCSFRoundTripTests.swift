import MartletCore
import Testing

@testable import MartletFormats

/// What is written comes back from Martlet's own reader unchanged.
struct OCSFRoundTripTests {
    private func expectSame(_ findings: [OCSFFinding]) async throws {
        let read = try await OCSFSample.read(try OCSFSample.write(findings))
        #expect(read.rejections.isEmpty, "\(read.rejections)")
        try #require(read.findings.count == findings.count)
        for (index, pair) in zip(findings, read.findings).enumerated() {
            let (written, back) = (pair.0.observation, pair.1)
            #expect(back.account == written.account, "account of \(index)")
            #expect(back.check == written.check, "check of \(index): \(back.check.document)")
            #expect(back.regions == written.regions)
            #expect(back.resource == written.resource, "resource of \(index)")
            #expect(back.discriminator == written.discriminator)
            #expect(back.status == written.status)
            #expect(back.severity == written.severity)
            #expect(back.muted == written.muted)
            #expect(back.detail == written.detail)
            #expect(back.observedAt == written.observedAt)
            #expect(back.firstSeenAt == written.firstSeenAt)
            #expect(back.failingSince == written.failingSince)
            // Kubernetes has no `cloud`, so nothing there to carry the description.
            if written.account.provider.name != "kubernetes" {
                #expect(read.accounts[written.account] == pair.0.account)
            }
        }
    }

    @Test func everyField() async throws { try await expectSame([OCSFSample.finding()]) }

    @Test func everyStatusSeverityAndMute() async throws {
        var findings: [OCSFFinding] = []
        for status in Status.allCases {
            for severity in Severity.allCases {
                for muted in [false, true] {
                    findings.append(try OCSFSample.finding(status: status, severity: severity, muted: muted))
                }
            }
        }
        try await expectSame(findings)
    }

    @Test func regions() async throws {
        try await expectSame([
            OCSFSample.finding(regions: []), OCSFSample.finding(regions: ["eu-west-1", "us-east-1", "us-west-2"]),
        ])
    }

    @Test func emptyUidAndName() async throws {
        try await expectSame([OCSFSample.finding(uid: "", name: ""), OCSFSample.finding(uid: "", name: "only a name")])
    }

    @Test func longUid() async throws {
        try await expectSame([OCSFSample.finding(uid: String(repeating: "long/", count: 20_000))])
    }

    @Test(arguments: [
        [ResourceTag(key: "env", value: "prod"), ResourceTag(key: "team", value: "")],
        [ResourceTag(key: "url", value: "https://a:1")],
        [ResourceTag(key: "k", value: "1"), ResourceTag(key: "k", value: "2")],
        [ResourceTag(key: "aws:cloudformation:stack-name", value: "a"), ResourceTag(key: "plain", value: "b")],
        [
            ResourceTag(key: "aws:x", value: "a"), ResourceTag(key: "aws", value: "b"),
            ResourceTag(key: "aws", value: "x:y:z"),
        ],
        [
            ResourceTag(key: "a:b", value: "c:d"), ResourceTag(key: "", value: "no key"),
            ResourceTag(key: ":", value: ""),
        ],
        [ResourceTag(key: "ключ", value: "値\u{0301}\u{1F600}")],
    ])
    func tags(_ tags: [ResourceTag]) async throws { try await expectSame([OCSFSample.finding(tags: tags)]) }

    @Test func data() async throws {
        try await expectSame([OCSFSample.finding(data: #"{"details":"d","metadata":{"a":[1,2.5,null],"b":"ü"}}"#)])
    }

    @Test func metadataVariants() async throws {
        let documents = [
            "{}", #"{"risk":"r"}"#, #"{"remediation":{"desc":"d"}}"#, #"{"remediation":{"references":["x"]}}"#,
            #"{"remediation":{"code":{"cli":"c"}}}"#, #"{"sub_service":"x"}"#, #"{"compliance":{"A":["1"],"B":["2"]}}"#,
        ]
        try await expectSame(
            documents.map { try OCSFSample.finding(check: OCSFSample.check(document: $0)) }
                + documents.map { try OCSFSample.finding(check: OCSFSample.check("other", document: $0)) })
    }

    @Test func emptyTitleAndTimes() async throws {
        let check = CheckMetadata(check: "c", service: "s3", title: "", document: "{}")
        try await expectSame([OCSFSample.finding(check: check, first: nil, failing: nil)])
    }

    @Test(arguments: ["aws", "azure", "gcp", "kubernetes", "github", "m365"])
    func providers(_ provider: String) async throws {
        try await expectSame([
            OCSFSample.finding(account: OCSFSample.account(provider, "one")),
            OCSFSample.finding(account: OCSFSample.account(provider, "one"), regions: []),
            OCSFSample.finding(account: OCSFSample.account(provider, "one"), regions: ["a", "b"]),
        ])
    }

    @Test func emptyArray() async throws {
        let bytes = try OCSFSample.write([])
        #expect(try JSONValue.parse(bytes) == .array([]))
    }

    /// The service of the check goes along even where the resource is stored with another.
    @Test func serviceIsTheChecks() async throws {
        var finding = try OCSFSample.finding()
        finding.observation.resource.service = "ec2"
        let read = try await OCSFSample.read(try OCSFSample.write([finding]))
        #expect(read.findings.first?.check == finding.observation.check)
    }
}
