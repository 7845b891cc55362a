import MartletCore

@testable import MartletFormats

/// Swift Testing has a type of the same name.
typealias ResourceTag = MartletCore.Tag

/// Fictional findings for the tests of the writer.
enum OCSFSample {
    static func account(_ provider: String = "aws", _ uid: String = "210987654321") throws -> AccountKey {
        guard let known = Provider(name: provider) else { throw MartletError(.invalidInput, "no such provider") }
        return AccountKey(provider: known, uid: uid)
    }

    static let fullDocument =
        #"{"additional_urls":["https://a.example/x"],"attacks":[{"technique":{"uid":"T1"}}],"categories":["encryption"],"#
        + #""compliance":{"CIS-2.0":["1.1","1.2"]},"depends_on":["b"],"description":"What \"it\" is","notes":"n","#
        + #""related_to":["c"],"related_url":"https://r.example","remediation":{"code":{"cli":"fix --now","other":"o"},"#
        + #""desc":"Turn it on","references":["https://f.example"]},"risk":"High\nrisk","sub_service":"sub","#
        + #""types":["Type/One"]}"#

    static func check(_ id: String = "s3_bucket_default_encryption", document: String = fullDocument) -> CheckMetadata {
        CheckMetadata(check: id, service: "s3", title: "Buckets are encrypted", document: document)
    }

    static func finding(
        account: AccountKey? = nil, check: CheckMetadata = check(), regions: [String] = ["eu-west-1"],
        uid: String = "arn:aws:s3:::orchard", name: String = "orchard", tags: [ResourceTag] = [], data: String = "",
        status: Status = .fail, severity: Severity = .high, muted: Bool = false,
        first: Timestamp? = Timestamp(milliseconds: 1_700_000_000_123),
        failing: Timestamp? = Timestamp(milliseconds: 1_700_000_000_456)
    ) throws -> OCSFFinding {
        let key = try account ?? self.account()
        return OCSFFinding(
            observation: FindingObservation(
                account: key, check: check, regions: regions,
                resource: ResourceObservation(
                    uid: uid, name: name, type: "AwsS3Bucket", service: "s3", region: regions.first ?? "",
                    partition: key.provider.name == "aws" ? "aws" : "", data: data, tags: tags.sorted()),
                discriminator: name, status: status, severity: severity, muted: muted,
                detail: "Bucket orchard: \u{1F34E} isn't \"encrypted\"\n",
                observedAt: Timestamp(milliseconds: 1_790_000_000_789),
                firstSeenAt: first, failingSince: failing),
            scanner: "prowler",
            account: AccountDescription(name: "Orchard", organization: "o-1", organizationName: "Farm"),
            fingerprint: "00112233445566778899aabbccddeeff", scan: "01900000-0000-7000-8000-000000000000")
    }

    /// Writes findings as the command line does.
    static func write(_ findings: [OCSFFinding]) throws -> [UInt8] {
        var writer = OCSFWriter()
        var bytes: [UInt8] = []
        for finding in findings {
            try writer.write(finding)
            bytes += writer.takeBytes()
        }
        writer.finish()
        return bytes + writer.takeBytes()
    }

    /// Reads everything back.
    static func read(_ bytes: [UInt8]) async throws -> ObservationBatch {
        let reader = try ScanFileReader(bytes: bytes)
        var all = ObservationBatch()
        while let batch = try await reader.next() {
            all.findings += batch.findings
            all.rejections += batch.rejections
            all.accounts.merge(batch.accounts) { first, _ in first }
        }
        return all
    }
}
