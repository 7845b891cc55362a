import MartletCore
import Testing

@testable import MartletFormats

/// The output is what OCSF 1.5.0 demands of a Detection Finding.
struct OCSFWriterTests {
    private func written(_ finding: OCSFFinding) throws -> JSONValue {
        try #require(try JSONValue.parse(OCSFSample.write([finding]))[0])
    }

    @Test func requiredFields() throws {
        let json = try written(OCSFSample.finding())
        for (key, value) in [
            ("class_uid", 2004), ("category_uid", 2), ("activity_id", 1), ("type_uid", 200_401), ("severity_id", 4),
            ("status_id", 1), ("time", 1_790_000_000_789),
        ] {
            #expect(json[key]?.intValue == Int64(value), "\(key)")
        }
        #expect(json["severity"]?.stringValue == "High")
        #expect(json["time_dt"]?.stringValue == "2026-09-21T14:13:20.789Z")
        #expect(json["metadata"]?["version"]?.stringValue == "1.5.0")
        #expect(json["metadata"]?["product"]?["uid"]?.stringValue == "prowler")
        #expect(json["metadata"]?["profiles"]?.arrayValue == [.string("cloud"), .string("datetime")])
        #expect(json["finding_info"]?["uid"]?.stringValue == "00112233445566778899aabbccddeeff")
        #expect(json["finding_info"]?["analytic"]?["type_id"]?.intValue == 1)
        #expect(json["cloud"]?["provider"]?.stringValue == "aws")
        #expect(json["cloud"]?["account"]?["type_id"]?.intValue == 10)
        #expect(json["remediation"]?["desc"]?.stringValue == "Turn it on")
    }

    /// OCSF requires `desc` wherever there is a remediation.
    @Test func remediationHasDescription() throws {
        let check = OCSFSample.check(document: #"{"remediation":{"references":["x"]}}"#)
        #expect(try written(OCSFSample.finding(check: check))["remediation"]?["desc"]?.stringValue == "")
    }

    /// A resource's region is one text in OCSF, never an array.
    @Test func oneRegionAResource() throws {
        let json = try written(OCSFSample.finding(regions: ["a", "b"]))
        let resources = try #require(json["resources"]?.arrayValue)
        #expect(resources.map { $0["region"]?.stringValue } == ["a", "b"])
    }

    @Test func noRegionAnywhere() throws {
        let json = try written(OCSFSample.finding(regions: []))
        #expect(json["resources"]?[0]?["region"] == nil)
        #expect(json["cloud"]?["region"] == nil)
    }

    @Test func kubernetesIsAContainer() throws {
        let json = try written(OCSFSample.finding(account: OCSFSample.account("kubernetes", "c"), regions: ["ns"]))
        #expect(json["cloud"] == nil)
        #expect(json["metadata"]?["profiles"]?[0]?.stringValue == "container")
        #expect(json["resources"]?[0]?["namespace"]?.stringValue == "ns")
        #expect(json["unmapped"]?["provider_uid"]?.stringValue == "c")
    }

    @Test func mute() throws {
        var finding = try OCSFSample.finding(muted: true)
        finding.mutedReason = "accepted"
        let json = try written(finding)
        #expect(json["status"]?.stringValue == "Suppressed")
        #expect(json["status_id"]?.intValue == 3)
        #expect(json["unmapped"]?["martlet"]?["muted_reason"]?.stringValue == "accepted")
    }

    @Test func brokenMetadataIsAnError() throws {
        let finding = try OCSFSample.finding(check: OCSFSample.check(document: "{"))
        #expect(throws: MartletError.self) { try OCSFSample.write([finding]) }
    }

    /// A check whose metadata changes in the middle of the output is rendered anew.
    @Test func metadataIsNotStale() throws {
        let bytes = try OCSFSample.write([
            OCSFSample.finding(check: OCSFSample.check(document: #"{"risk":"one"}"#)),
            OCSFSample.finding(check: OCSFSample.check(document: #"{"risk":"two"}"#)),
        ])
        let json = try JSONValue.parse(bytes)
        #expect(json[0]?["risk_details"]?.stringValue == "one")
        #expect(json[1]?["risk_details"]?.stringValue == "two")
    }
}
