import Foundation
import MartletCore
import MartletReference

extension Statement {
    /// Statements as a file that the program imports, one object a line.
    static func ocsf(_ statements: [Statement], at time: Int64, account: String) throws -> String {
        let moment = Timestamp(milliseconds: time).rfc3339
        return try statements.map { try $0.ocsf(moment, account) + "\n" }.joined()
    }

    private func ocsf(_ moment: String, _ account: String) throws -> String {
        let resources: [[String: Any]] = (regions.isEmpty ? [""] : regions).map { region in
            [
                "uid": uid, "name": name, "type": type, "region": region,
                "labels": tags.map { "\($0.key):\($0.value)" }, "group": ["name": "s"],
            ]
        }
        let words: [Severity: String] = [
            .low: "Low", .medium: "Medium", .high: "High", .critical: "Critical",
        ]
        let object: [String: Any] = [
            "class_uid": 2004, "status_code": status.name, "severity": words[severity] ?? "Medium",
            "status_id": muted ? 3 : 1, "status_detail": detail,
            "metadata": ["event_code": check, "product": ["uid": "prowler", "name": "Prowler"]],
            "finding_info": ["title": title, "uid": "u", "created_time_dt": moment],
            "time_dt": moment, "resources": resources,
            "cloud": ["account": ["uid": account], "provider": "aws"],
            "unmapped": ["provider": "aws", "provider_uid": account],
        ]
        return String(
            decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
    }
}
