import Foundation
import MartletCore
import MartletProgram
import Testing

/// The built program on a store of its own.
struct CommandLineStoreTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        let file = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ocsf.ndjson")
        let result = try Binary.run(["import", file, "-q"], in: folder)
        try #require(result.code == 0, "\(result.errors)")
    }

    private func run(_ arguments: [String], environment: [String: String] = [:], code: Int32 = 0) throws
        -> Binary.Result
    {
        let result = try Binary.run(arguments, environment: environment, in: folder)
        #expect(result.code == code, "\(arguments): \(result.errors)")
        return result
    }

    private func rows(_ arguments: String...) throws -> [JSONValue] {
        let lines = try run(arguments + ["-o", "ndjson"]).lines.map { try JSONValue.parse($0) }
        let array = try JSONValue.parse(try run(arguments + ["-o", "json"]).output)
        #expect(array == .array(lines), "json and ndjson of \(arguments) differ")
        return lines
    }

    private func keys(_ value: JSONValue?) -> [String] { value?.objectValue?.map(\.key) ?? [] }

    @Test func findingsHaveTheKeysThatScriptsRelyOn() throws {
        let all = try rows("findings")
        #expect(all.count == 6)
        let first = try #require(all.first)
        let promised = [
            "check", "status", "severity", "muted", "delta", "region", "service", "account", "provider", "resource",
            "tags",
            "detail", "first_seen_at", "failing_since", "scan",
        ]
        for key in promised { #expect(keys(first).contains(key), "\(key)") }
        #expect(keys(first["resource"]) == ["uid", "name", "type"])
        #expect(first["check"]?.stringValue == "iam_root_mfa_enabled")
        #expect(first["severity"]?.stringValue == "critical")
        #expect(first["region"] == .null)
        #expect(first["regions"] == .array([]))
        #expect(first["first_seen_at"]?.stringValue == "2026-09-01T06:00:00.250Z")
        let several = try #require(all.first { $0["check"]?.stringValue == "ec2_instance_public_ip" })
        #expect(several["region"]?.stringValue == "eu-west-1,us-east-1")
        #expect(several["tags"]?["env"] == .array([.string("dev"), .string("test")]))
        #expect(several["tags"]?["url"]?.stringValue == "https://x")
    }

    @Test(arguments: [
        (["--status", "FAIL"], 4), (["--status", "fail,pass"], 5), (["--severity", "critical,low"], 2),
        (["--check", "s3_*"], 2), (["--service", "ec2", "--service=iam"], 2), (["--region", "us-east-1"], 2),
        (["--region="], 1), (["--resource", "*orchard"], 1), (["--tag", "env=prod"], 4), (["--tag", "team"], 1),
        (["--tag", "env=dev", "--tag", "env=test"], 1), (["--delta", "new"], 6), (["--delta", "gone"], 0),
        (["--muted"], 1), (["--unmuted"], 5), (["--search", "ORCHARD is"], 5), (["--limit", "2"], 2),
        (["--account", "210987654321"], 6), (["--provider", "aws", "--account", "Orchard"], 6),
    ])
    func filters(_ options: [String], _ count: Int) throws {
        #expect(try run(["findings", "-o", "ndjson"] + options).lines.count == count)
    }

    @Test func unknownNamesAreErrors() throws {
        _ = try run(["findings", "--account", "nobody"], code: 1)
        _ = try run(["findings", "--at", "ffffffff"], code: 1)
        _ = try run(["scan", "ffffffff"], code: 1)
        _ = try run(["compliance", "nonsense"], code: 1)
        _ = try run(["frameworks", "show", "nonsense"], code: 1)
        _ = try run(["frameworks", "remove", "nonsense"], code: 1)
        _ = try run(["mute", "remove", "nonsense"], code: 1)
        _ = try run(["account", "remove", "nobody"], code: 1)
    }

    @Test func failOn() throws {
        _ = try run(["findings", "--fail-on", "critical"], code: 3)
        _ = try run(["findings", "--fail-on", "critical", "--severity", "high"], code: 0)
        // The only FAIL of RDS is muted.
        _ = try run(["findings", "--fail-on", "low", "--service", "rds"], code: 0)
        let file = folder.path("scan.ocsf.ndjson")
        _ = try run(["import", file, "--fail-on", "high"], code: 3)
        let harmless = try folder.write(
            try CommandLineScan(account: "1", statements: [.init(severity: "Low")]).ndjson(), "low.ndjson")
        _ = try run(["import", harmless, "--fail-on", "medium"], code: 0)
    }

    @Test func importObject() throws {
        let result = try run(["import", folder.path("scan.ocsf.ndjson"), "-o", "json"])
        #expect(result.lines.count == 1)
        let report = try JSONValue.parse(result.output)
        for key in [
            "scan", "account", "provider", "generation", "state", "findings", "resources", "tags", "compliance_rows",
            "statements", "seconds", "peak_rss_bytes",
        ] {
            #expect(keys(report).contains(key), "\(key)")
        }
        for key in [
            "read", "rejected", "duplicates", "new", "changed", "updated", "unchanged", "returned", "gone", "resolved",
            "reopened", "muted",
        ] {
            #expect(keys(report["findings"]).contains(key), "\(key)")
        }
        #expect(keys(report["seconds"]) == ["total", "parse", "ingest", "publish"])
        #expect(report["findings"]?["unchanged"]?.intValue == 6)
        #expect(report["generation"]?.intValue == 2)
        #expect(report["state"]?.stringValue == "completed")
    }

    @Test func standardInput() throws {
        let data = Data(try CommandLineScan(account: "77", statements: [.init()]).ndjson().utf8)
        let result = try Binary.run(["import", "-", "-o", "ndjson"], input: data, in: folder)
        #expect(try JSONValue.parse(result.output)["account"]?.stringValue == "77")
    }

    @Test func oneBadFileDoesNotStopTheOthers() throws {
        let bad = try folder.write("[{\"class_uid\":2004", "bad.json")
        let good = try folder.write(try CommandLineScan(account: "5", statements: [.init()]).ndjson(), "good.ndjson")
        let result = try run(["import", bad, good], code: 1)
        #expect(result.errors.contains("bad.json"))
        #expect(try rows("accounts").contains { $0["account"]?.stringValue == "5" })
    }

    @Test func listings() throws {
        #expect(try rows("accounts").first?["findings"]?["fail"]?.intValue == 3)
        #expect(try rows("accounts").first?["findings"]?["fail_by_severity"]?["critical"]?.intValue == 1)
        #expect(try rows("scans").count == 1)
        #expect(try rows("resources").count == 6)
        #expect(try rows("resources", "--failing").count == 3)
        #expect(try rows("mute", "list").isEmpty)
        // No framework with risk and weight is there.
        #expect(try run(["threatscore", "-o", "json"]).output.isEmpty)
        let scan = try #require(try rows("scans").first?["scan"]?.stringValue)
        let one = try JSONValue.parse(try run(["scan", String(scan.prefix(20)), "-o", "json"]).output)
        #expect(one["scan"]?.stringValue == scan)
        for command in [
            "accounts", "scans", "findings", "resources", "diff", "compliance", "threatscore", "score", "priorities",
            "remediate",
        ] {
            let lines = try run([command, "-o", "csv"]).output.components(separatedBy: "\r\n")
            #expect(lines.count >= 2, "\(command)")
            #expect(lines[0].contains(","))
            #expect(!(try run([command])).output.isEmpty)
        }
    }

    @Test func tablesAreSafeAndPlainInAPipe() throws {
        let text = try run(["findings"]).output
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("\\n\\u{1b}[31malarm"))
        #expect(!text.contains("…"))
    }

    @Test func diffAndHistory() throws {
        var later = CommandLineScan.varied
        later.time = "2026-10-01T06:00:00.250Z"
        later.statements[0].status = "PASS"
        later.statements.remove(at: 4)
        let file = try folder.write(try later.ndjson(), "later.ndjson")
        _ = try run(["import", file, "--scope", "full", "-q"])
        let kinds = try rows("diff").compactMap { $0["kind"]?.stringValue }
        #expect(kinds.sorted() == ["gone", "resolved"])
        #expect(try rows("diff", "--kind", "gone").count == 1)
        let scans = try rows("scans").compactMap { $0["scan"]?.stringValue }
        #expect(try rows("diff", scans[1], scans[0]).count == 2)
        #expect(try rows("findings", "--at", scans[1]).count == 6)
        #expect(try rows("findings").count == 5)
        // The first file is older than what is published now.
        let stale = try run(["import", folder.path("scan.ocsf.ndjson")], code: 1)
        #expect(stale.errors.contains("--history"))
        _ = try run(["import", folder.path("scan.ocsf.ndjson"), "--history"])
    }

    @Test func mutes() throws {
        let id = try run(["mute", "add", "--check", "iam_*", "--reason", "known", "--owner", "me", "--expires", "30d"])
            .lines[0]
        let list = try rows("mute", "list")
        #expect(list.first?["id"]?.stringValue == id)
        #expect(list.first?["findings"]?.intValue == 1)
        #expect(try rows("findings", "--muted").count == 2)
        #expect(try rows("findings", "--check", "iam_*").first?["muted_reason"]?.stringValue == "known")
        _ = try run(["mute", "remove", id])
        #expect(try rows("findings", "--muted").count == 1)
        let document = """
            Mutelist:
              Accounts:
                "*":
                  Checks:
                    "s3_bucket_default_encryption":
                      Regions: ["*"]
                      Resources: ["orchard"]
                    "nothing_like_this":
                      Regions: ["*"]
                      Resources: ["*"]
            """
        let file = try folder.write(document, "mutelist.yaml")
        let unmatched = try JSONValue.parse(try run(["mutelist", "apply", file, "-o", "json"]).output)
        #expect(unmatched.arrayValue?.count == 1)
        #expect(try rows("findings", "--muted").count == 2)
        let bad = try folder.write("Mutelist: [", "bad.yaml")
        #expect(try run(["mutelist", "apply", bad], code: 1).errors.contains("bad.yaml:"))
    }

    @Test func frameworksAndCompliance() throws {
        let framework = """
            {"Framework":"Orchard","Version":"1.0","Provider":"AWS","Name":"Orchard rules","Description":"Own rules",
             "Requirements":[
              {"Id":"1","Description":"Buckets","Name":"Buckets","Attributes":[{"Section":"S"}],
               "Checks":["s3_bucket_default_encryption"]},
              {"Id":"2","Description":"By hand","Name":"Hand","Attributes":[{"Section":"S"}],"Checks":[]}]}
            """
        let file = try folder.write(framework, "orchard_1.0_aws.json")
        _ = try run(["frameworks", "add", file])
        #expect(try rows("frameworks", "list").first?["framework"]?.stringValue == "orchard_1.0_aws")
        let overview = try #require(try rows("compliance").first)
        #expect(overview["failed"]?.intValue == 1)
        #expect(overview["manual"]?.intValue == 1)
        let regions = try rows("compliance", "orchard_1.0_aws", "--by", "region")
        #expect(
            keys(regions.first).prefix(11) == [
                "framework", "version", "requirement", "region", "status", "passed_checks", "failed_checks",
                "evaluated_checks", "total_checks", "passed_findings", "total_findings",
            ])
        let bucket = regions.first { $0["requirement"]?.stringValue == "1" && $0["region"]?.stringValue == "eu-west-1" }
        #expect(bucket?["status"]?.stringValue == "FAIL")
        #expect(bucket?["passed_findings"]?.intValue == 1)
        #expect(bucket?["total_findings"]?.intValue == 2)
        #expect(try rows("compliance", "orchard_1.0_aws").count == 2)
        #expect(try rows("compliance", "orchard_1.0_aws", "--status", "FAIL").count == 1)
        #expect(try rows("compliance", "orchard_1.0_aws", "--by", "region", "--terms", "prowler").count >= 2)
        let shown = try JSONValue.parse(try run(["frameworks", "show", "orchard_1.0_aws", "-o", "json"]).output)
        #expect(shown["requirements"]?[0]?["checks"]?["aws"]?[0]?.stringValue == "s3_bucket_default_encryption")
        #expect(try run(["compliance", "orchard_1.0_awz"], code: 1).errors.contains("did you mean 'orchard_1.0_aws'?"))
        _ = try run(["frameworks", "remove", "orchard_1.0_aws"])
        #expect(try rows("compliance").isEmpty)
    }

    @Test func administration() throws {
        let copy = folder.path("copy.db")
        _ = try run(["database", "copy", "sqlite:" + copy])
        let before = try run(["findings", "-o", "ndjson"]).output
        #expect(try run(["findings", "-o", "ndjson", "--database", copy]).output == before)
        _ = try run(["account", "remove", "aws/210987654321"])
        #expect(try rows("accounts").isEmpty)
        #expect(
            try run(["findings", "-o", "ndjson"], environment: ["MARTLET_DATABASE": "sqlite:" + copy]).output == before)
    }

    @Test func tenantsAreApart() throws {
        #expect(try run(["accounts", "-o", "ndjson", "--tenant", "other"]).output.isEmpty)
        #expect(try run(["accounts", "-o", "ndjson"], environment: ["MARTLET_TENANT": "other"]).output.isEmpty)
    }

    @Test func quietSaysNothing() throws {
        let file = folder.path("scan.ocsf.ndjson")
        let result = try run(["import", file, "-q"])
        #expect(result.errors.isEmpty)
        #expect(result.output.isEmpty)
        #expect(try run(["frameworks", "lint", file], environment: ["MARTLET_QUIET": "1"], code: 1).errors.isEmpty)
    }
}
