import MartletCore

@testable import MartletFormats

/// Fictional findings as text, and what a reader makes of a text.
enum Fixture {
    /// One OCSF Detection Finding on one line; each of `changes` replaces a piece of it.
    static func finding(
        check: String = "vault_door_locked", status: String = "FAIL", uid: String = "arn:aws:vault:::door/7",
        name: String = "door-7", region: String = "eu-west-1", _ changes: (String, String)...
    ) -> String {
        var text = """
            {"message":"Door 7 is open.","metadata":{"event_code":"\(check)","product":{"uid":"Prowler","name":"Prowler"}},\
            "severity_id":4,"severity":"High","status":"New","status_id":1,"status_code":"\(status)",\
            "status_detail":"Door 7 stands open.","class_uid":2004,"time":1790000000,"time_dt":"2026-09-21T14:13:20.250",\
            "finding_info":{"title":"Doors are locked","desc":"Every door has a lock.","types":["Locks"],\
            "created_time":1790000000,"analytic":{"uid":"\(check)","category":"vault"}},\
            "risk_details":"Somebody walks in.","remediation":{"desc":"Lock it.","references":["https://doors.example"]},\
            "cloud":{"account":{"uid":"200000000001","name":"Harbour"},"org":{"uid":"o-1","name":"Port"},\
            "provider":"aws","region":"eu-central-1"},\
            "resources":[{"uid":"\(uid)","name":"\(name)","type":"AwsVaultDoor","region":"\(region)",\
            "cloud_partition":"aws","group":{"name":"vault"},"labels":["colour:red","aws:stack:name:quay","lonely"],\
            "data":{"metadata":{"b":1.0,"a":"x"},"details":""}}],\
            "unmapped":{"provider":"aws","provider_uid":"200000000001","compliance":{"CIS-9.9":["1.1","1.2"]},\
            "categories":["doors"],"notes":"","scan_id":"s-1"}}
            """
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return text
    }

    /// Findings that differ in their resource.
    static func findings(_ count: Int) -> [String] {
        (0..<count).map { finding(status: $0 % 3 == 0 ? "PASS" : "FAIL", uid: "arn:\($0)", name: "door-\($0)") }
    }

    static let csvHeader =
        "TIMESTAMP;ACCOUNT_UID;ACCOUNT_NAME;ACCOUNT_ORGANIZATION_UID;ACCOUNT_ORGANIZATION_NAME;PROVIDER;CHECK_ID;"
        + "CHECK_TITLE;CHECK_TYPE;STATUS;STATUS_EXTENDED;MUTED;SERVICE_NAME;SUBSERVICE_NAME;SEVERITY;RESOURCE_TYPE;"
        + "RESOURCE_UID;RESOURCE_NAME;RESOURCE_DETAILS;RESOURCE_TAGS;PARTITION;REGION;DESCRIPTION;RISK;"
        + "REMEDIATION_RECOMMENDATION_TEXT;REMEDIATION_RECOMMENDATION_URL;COMPLIANCE;CATEGORIES"

    /// The same finding as ``finding(check:status:uid:name:region:_:)`` as a row of Prowler's CSV.
    static let csvRow =
        "2026-09-21 14:13:20.000000;200000000001;Harbour;o-1;Port;aws;vault_door_locked;Doors are locked;Locks;FAIL;"
        + "Door 7 stands open.;False;vault;;high;AwsVaultDoor;arn:aws:vault:::door/7;door-7;;"
        + "colour=red | aws:stack:name=quay | lonely;aws;eu-west-1;Every door has a lock.;Somebody walks in.;Lock it.;"
        + "https://doors.example;CIS-9.9: 1.1, 1.2;doors"

    struct Outcome {
        var findings: [FindingObservation] = []
        var rejections: [Rejection] = []
        var accounts: [AccountKey: AccountDescription] = [:]
        var batches = 0
        var scanner = ""
        var format: ScanFileFormat?
        var error: MartletError?
    }

    static func read(_ text: String, _ options: ReadingOptions = ReadingOptions(name: "f")) async throws -> Outcome {
        try await read(Array(text.utf8), options)
    }

    static func read(_ bytes: [UInt8], _ options: ReadingOptions = ReadingOptions(name: "f")) async throws -> Outcome {
        try await drain(try ScanFileReader(bytes: bytes, options: options))
    }

    static func drain(_ reader: ScanFileReader) async throws -> Outcome {
        var outcome = Outcome()
        do {
            while let batch = try await reader.next() {
                outcome.batches += 1
                outcome.findings += batch.findings
                outcome.rejections += batch.rejections
                outcome.accounts.merge(batch.accounts) { first, _ in first }
            }
        } catch let error as MartletError {
            outcome.error = error
        }
        outcome.scanner = await reader.scanner
        outcome.format = await reader.format
        return outcome
    }

    /// Everything about a finding in one line, for comparisons.
    static func summary(_ finding: FindingObservation) -> String {
        let resource = finding.resource
        let tags = resource.tags.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        return [
            finding.account.description, finding.check.check, finding.check.service, finding.check.title,
            finding.check.document, finding.regions.joined(separator: "+"), resource.uid, resource.name, resource.type,
            resource.service, resource.region, resource.partition, resource.data, tags, finding.discriminator,
            finding.status.name, finding.severity.name, "\(finding.muted)", finding.detail, finding.observedAt.rfc3339,
        ].joined(separator: "|")
    }
}
