import Foundation

/// A small fictional scan as a file.
struct CommandLineScan {
    /// One statement of the scanner.
    struct Statement {
        var check = "s3_bucket_default_encryption"
        var status = "FAIL"
        var severity = "High"
        var regions = ["eu-west-1"]
        var uid = "arn:aws:s3:::orchard"
        var name = "orchard"
        var labels: [String] = ["env:prod"]
        var detail = "Bucket orchard is open."
        var muted = false
    }

    var account = "210987654321"
    var time = "2026-09-01T06:00:00.250Z"
    var statements: [Statement]

    /// Something of everything: several regions, none, a mute, odd tags, two names of one resource.
    static var varied: CommandLineScan {
        CommandLineScan(statements: [
            Statement(), Statement(status: "PASS", severity: "Low", uid: "arn:aws:s3:::meadow", name: "meadow"),
            Statement(
                check: "iam_root_mfa_enabled", severity: "Critical", regions: [], uid: "arn:aws:iam::210987654321:root",
                name: "root", labels: [], detail: "Root has no second factor:\n\u{1B}[31malarm"),
            Statement(
                check: "ec2_instance_public_ip", severity: "Medium", regions: ["eu-west-1", "us-east-1"],
                uid: "arn:aws:ec2:eu-west-1:210987654321:instance/i-1", name: "press, \"old\"",
                labels: ["env:dev", "env:test", "url:https://x", "team:果樹園"]),
            Statement(
                check: "kms_key_rotation", status: "MANUAL", severity: "Informational", uid: "arn:aws:kms:1",
                name: "key"),
            Statement(
                check: "rds_instance_encrypted", regions: ["us-east-1"], uid: "arn:aws:rds:db-1", name: "db-1",
                muted: true),
        ])
    }

    /// One object a line.
    func ndjson() throws -> String {
        try statements.map { try json($0) + "\n" }.joined()
    }

    private func json(_ statement: Statement) throws -> String {
        let resources: [[String: Any]] = (statement.regions.isEmpty ? [""] : statement.regions).map { region in
            [
                "uid": statement.uid, "name": statement.name, "type": "Thing", "region": region,
                "cloud_partition": "aws", "labels": statement.labels,
                "group": ["name": String(statement.check.prefix { $0 != "_" })],
                "data": ["details": "", "metadata": ["size": 3]],
            ]
        }
        let object: [String: Any] = [
            "class_uid": 2004, "status_code": statement.status, "severity": statement.severity,
            "status_id": statement.muted ? 3 : 1, "status_detail": statement.detail, "message": statement.detail,
            "metadata": ["event_code": statement.check, "product": ["uid": "prowler", "name": "Prowler"]],
            "finding_info": [
                "title": "Title of \(statement.check)", "uid": "u", "created_time_dt": time, "desc": "What it looks at",
                "types": ["A type"],
            ],
            "time_dt": time, "resources": resources, "risk_details": "A risk",
            "remediation": ["desc": "Do it", "references": ["https://f.example"]],
            "cloud": [
                "account": ["uid": account, "name": "Orchard"], "provider": "aws",
                "org": ["uid": "o-1", "name": "Farm"],
            ],
            "unmapped": [
                "provider": "aws", "provider_uid": account, "categories": ["one"], "compliance": ["CIS-2.0": ["1.1"]],
            ],
        ]
        return String(
            decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
    }
}
