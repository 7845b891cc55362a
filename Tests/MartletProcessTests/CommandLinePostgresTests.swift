import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// The built program on PostgreSQL: every way in that libpq knows, and every command.
@Suite("The program on PostgreSQL", .serialized)
struct CommandLinePostgresTests {
    private static let server = Result { try PostgresServer() }

    /// How the program is told where the database is.
    enum Way: String, CaseIterable {
        case variables, serviceFile, serviceVariable, passwordFile, option
    }

    /// A database of its own, with a login that needs a password.
    private static func database(_ name: String) throws -> PostgresServer {
        let server = try server.get()
        try server.psql("CREATE ROLE \(name) LOGIN SUPERUSER PASSWORD 's3cret'")
        try server.psql("CREATE DATABASE \(name) OWNER \(name)")
        try server.admit("local \(name) \(name) scram-sha-256")
        return server
    }

    @Test("variables, service files and password files of libpq lead to it", arguments: Way.allCases)
    func ways(way: Way) throws {
        let name = way.rawValue.lowercased()
        let server = try Self.database(name)
        let folder = try Folder()
        let scan = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ocsf.ndjson")
        let service = try folder.write(
            "[mine]\nhost=\(server.folder)\nuser=\(name)\ndbname=\(name)\npassword=s3cret\n", "services.conf")
        let passwords = try folder.write("*:*:\(name):\(name):s3cret\n", "passwords")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passwords)
        let place = ["PGHOST": server.folder, "PGUSER": name, "PGDATABASE": name]
        let socket = server.folder.split(separator: "/").joined(separator: "%2F")
        let (url, variables): (String, [String: String]) =
            switch way {
            case .variables: ("postgresql://", place.merging(["PGPASSWORD": "s3cret"]) { $1 })
            case .serviceFile: ("postgresql://?service=mine", ["PGSERVICEFILE": service])
            case .serviceVariable: ("postgresql://?schema=other", ["PGSERVICEFILE": service, "PGSERVICE": "mine"])
            case .passwordFile: ("postgresql://\(name)@%2F\(socket)/\(name)", ["PGPASSFILE": passwords])
            case .option: ("postgresql://\(name)@%2F\(socket)/\(name)?password=s3cret", [:])
            }
        let store = TestStore(folder: folder, environment: variables)
        for arguments in [["database", "migrate"], ["database", "check"], ["import", scan, "-q"]] {
            try store.succeed(arguments + ["--database", url])
        }
        let findings = try store.succeed(["findings", "-o", "ndjson", "--database", url])
        #expect(findings.split(separator: "\n").count == 6)
        let status = try store.succeed(["database", "status", "--database", url])
        #expect(!status.contains("s3cret"))
        var wrong = store
        wrong.environment = ["PGSERVICEFILE": service]
        let result = try wrong.run(["accounts", "--database", "postgresql://?service=nobody"])
        #expect(result.code != 0 && result.errors.contains("nobody"), "\(result.errors)")
    }

    /// Commands that show, with what they need.
    private static let commands = [
        ["accounts"], ["scans"], ["findings"], ["findings", "--status", "FAIL", "--limit", "2"],
        ["findings", "--delta", "gone"],
        ["resources"], ["resources", "--tag", "env=prod"], ["diff"], ["score"], ["priorities"], ["remediate"], ["cbom"],
        ["compliance"], ["compliance", "house_aws"],
        ["compliance", "house_aws", "--by", "region", "--terms", "prowler"], ["frameworks", "list"], ["mute", "list"],
        ["retention", "show"], ["source", "list"], ["source", "show", "mine"], ["secret", "list"],
        ["schedule", "list"],
        ["queue"],
    ]

    @Test("every command does there what it does on SQLite")
    func commands() throws {
        let server = try Self.server.get()
        var outputs: [[[String]: Int]] = []
        for url in [nil, server.url(schema: "commands")] {
            let folder = try Folder()
            var store = TestStore(folder: folder)
            store.environment["MARTLET_DATABASE"] = url ?? "sqlite:" + folder.path("store.db")
            try prepare(store, folder)
            var lines: [[String]: Int] = [:]
            for command in Self.commands {
                lines[command] = try store.succeed(command + ["-o", "csv"]).split(separator: "\n").count
            }
            for command in [
                ["account", "remove", "aws/210987654321"], ["database", "check"], ["database", "status"],
            ] {
                try store.succeed(command)
            }
            outputs.append(lines)
        }
        for command in Self.commands {
            #expect(outputs[0][command] == outputs[1][command], "\(command)")
            #expect((outputs[0][command] ?? 0) > 0, "\(command)")
        }
    }

    /// Everything that can be set, and two scans.
    private func prepare(_ store: TestStore, _ folder: Folder) throws {
        let requirement =
            #"{"Id": "1", "Description": "", "Attributes": [], "Checks": ["s3_bucket_default_encryption"]}"#
        let framework = try folder.write(
            #"{"Framework": "House", "Name": "House", "Version": "1", "Provider": "AWS", "Requirements": ["#
                + requirement + "]}", "house_aws.json")
        let first = try folder.write(try CommandLineScan.varied.ndjson(), "first.ocsf.ndjson")
        var later = CommandLineScan.varied
        later.time = "2026-09-02T06:00:00.250Z"
        later.statements.removeLast()
        later.statements[0].status = "PASS"
        let second = try folder.write(try later.ndjson(), "second.ocsf.ndjson")
        let mutelist = try folder.write(
            "Mutelist:\n  Accounts:\n    \"*\":\n      Checks:\n        kms_key_rotation:\n          Regions: [\"*\"]\n"
                + "          Resources: [\"*\"]\n", "mutelist.yaml")
        let key = try folder.write(String(repeating: "ab", count: 32), "secrets.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let value = try folder.write("TOKEN=s3cret\n", "value")
        for command in [
            ["database", "migrate"], ["frameworks", "add", framework], ["import", first, "-q"],
            ["mute", "add", "--check", "ec2_*", "--reason", "r"], ["mutelist", "apply", mutelist],
            ["import", second, "-q", "--scope", "full"], ["retention", "set", "--scans", "5"], ["retention", "run"],
            ["source", "add", "mine", "--command", #"["true"]"#, "--output", "stdout"],
            ["secret", "set", "s", "--from-file", value, "--text", "--secret-key-file", key],
            ["schedule", "add", "--account", "210987654321", "--source", "file:" + second, "--cron", "0 3 * * *"],
            ["scan", "start", "--account", "210987654321", "--source", "file:" + second],
        ] {
            try store.succeed(command)
        }
    }
}
