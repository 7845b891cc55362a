import Foundation
import MartletProgram

/// A fictional account with a past of two scans and a third one, in which everything happens that can happen to a
/// finding, and the frameworks and mutes around it.
enum CrashScenario {
    typealias Statement = CommandLineScan.Statement

    static let frameworkIDs = ["orchard_1.0_aws", "orchard_threatscore_aws"]

    /// Before the scan that is disturbed: two scans, two frameworks, one mute.
    static func prepare(_ store: TestStore) throws {
        for (number, scan) in [first, second].enumerated() {
            let file = try store.folder.write(try scan.ndjson(), "scan\(number + 1).ndjson")
            try store.succeed(["import", file, "-q"])
        }
        try store.succeed(["frameworks", "add"] + (try writeFrameworks(store.folder)) + ["-q"])
        try store.succeed(["mute", "add", "--check", "rds_instance_encrypted", "--reason", "accepted", "-q"])
    }

    /// Writes the third scan and gives its path.
    static func writeScan(_ folder: Folder) throws -> String { try folder.write(try third.ndjson(), "scan3.ndjson") }

    static func writeFrameworks(_ folder: Folder) throws -> [String] {
        [
            try folder.write(framework, frameworkIDs[0] + ".json"),
            try folder.write(threatScore, frameworkIDs[1] + ".json"),
        ]
    }

    static var first: CommandLineScan {
        CommandLineScan(
            time: "2026-09-01T06:00:00.250Z",
            statements: CommandLineScan.varied.statements + [
                bucket("hedge", "FAIL"), bucket("stile", "PASS"), database("db-2"),
            ])
    }

    /// Without the meadow, and with the stile mended.
    static var second: CommandLineScan {
        var statements = first.statements.filter { $0.name != "meadow" && $0.name != "db-2" }
        statements.append(database("db-2", status: "PASS"))
        return CommandLineScan(time: "2026-10-01T06:00:00.250Z", statements: statements)
    }

    /// The meadow returns, the orchard is mended, the stile breaks, the root's detail changes, the hedge is gone, a
    /// brook is new, db-2 is open again, and one line says the same twice.
    static var third: CommandLineScan {
        var statements = second.statements.filter { $0.name != "hedge" && $0.name != "db-2" && $0.name != "stile" }
        for index in statements.indices {
            if statements[index].name == "orchard" { statements[index].status = "PASS" }
            if statements[index].name == "root" { statements[index].detail = "Root still has no second factor." }
        }
        statements += [
            first.statements[1], bucket("brook", "FAIL"), bucket("stile", "FAIL"), database("db-2"),
            bucket("brook", "FAIL"),
        ]
        return CommandLineScan(time: "2026-11-01T06:00:00.250Z", statements: statements)
    }

    private static func bucket(_ name: String, _ status: String) -> Statement {
        Statement(
            status: status, regions: ["us-east-1"], uid: "arn:aws:s3:::\(name)", name: name,
            labels: ["env:prod", "name:\(name)"], detail: "Bucket \(name).")
    }

    private static func database(_ name: String, status: String = "FAIL") -> Statement {
        Statement(
            check: "rds_instance_multi_az", status: status, severity: "Medium", regions: ["us-east-1"],
            uid: "arn:aws:rds:\(name)", name: name, detail: "Instance \(name).")
    }

    static let framework = """
        {"Framework":"Orchard","Version":"1.0","Provider":"AWS","Name":"Orchard rules","Description":"Own rules",
         "Requirements":[
          {"Id":"1","Description":"Buckets","Name":"Buckets","Attributes":[{"Section":"S"}],
           "Checks":["s3_bucket_default_encryption","iam_root_mfa_enabled"]},
          {"Id":"2","Description":"Databases","Name":"Databases","Attributes":[{"Section":"S"}],
           "Checks":["rds_instance_multi_az","rds_instance_encrypted"]},
          {"Id":"3","Description":"By hand","Name":"Hand","Attributes":[{"Section":"S"}],"Checks":[]}]}
        """

    static let threatScore = """
        {"Framework":"Orchard-ThreatScore","Version":"1.0","Provider":"AWS","Name":"Orchard score","Description":"Own score",
         "Requirements":[
          {"Id":"1","Description":"Buckets","Attributes":[{"Section":"1. Data","LevelOfRisk":5,"Weight":100}],
           "Checks":["s3_bucket_default_encryption"]},
          {"Id":"2","Description":"Databases","Attributes":[{"Section":"2. Uptime","LevelOfRisk":2,"Weight":10}],
           "Checks":["rds_instance_multi_az","rds_instance_encrypted"]}]}
        """

    static let mutelist = """
        Mutelist:
          Accounts:
            "210987654321":
              Checks:
                s3_bucket_default_encryption:
                  Regions: ["us-east-1"]
                  Resources: ["arn:aws:s3:::st*", "hedge"]
                  Description: "Known"
            "*":
              Checks:
                iam_*:
                  Regions: ["*"]
                  Resources: ["*"]
        """
}
