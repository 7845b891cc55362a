import Foundation
import MartletGenerator
import MartletProgram

@testable import martlet

/// The files that commands with a row in the audit log are given, and the commands in an order in which each has something
/// to change. `{scan}` and `{mute}` stand for the id of the newest one.
struct AuditScenario {
    let folder: Folder

    func commands(endpointMap: String) throws -> [AuditedCommand] {
        try accounts() + policy() + secrets() + scans(endpointMap) + [
            AuditedCommand(.auditPrune, "audit-log-entries.prune", "audit", "prune", "--days", "1"),
            AuditedCommand(.accountRemove, "providers.delete", "account", "remove", "aws/210987654321"),
        ]
    }

    private func accounts() throws -> [AuditedCommand] {
        let lab = ["--command", #"["/bin/true"]"#, "--output", "stdout"]
        return [
            AuditedCommand(.accountAdd, "providers.create", "account", "add", "aws/2"),
            AuditedCommand(.accountAdd, "providers.update", "account", "add", "aws/2", "--name", "Second"),
            AuditedCommand(.sourceAdd, "sources.create", "source", "add", "lab", lab[0], lab[1], lab[2], lab[3]),
            AuditedCommand(
                .sourceAdd, "sources.update", "source", "add", "lab", lab[0], lab[1], lab[2], lab[3], "--replace"),
            AuditedCommand(.accountTest, "providers.test", "account", "test", "aws/2", "--source", "external:lab"),
            AuditedCommand(
                .userAdd, "users.create", "user", "add", "a@example.com", "--owner", "--from-file", password),
            AuditedCommand(.userPassword, "users.update", "user", "password", "a@example.com", "--from-file", password),
        ]
    }

    private func policy() throws -> [AuditedCommand] {
        let framework = try CrashScenario.writeFrameworks(folder)[0]
        let check = try folder.write(CommandLineCheckTests.check, "my_check.yaml")
        let rules = try folder.write(
            #"{"Mutelist":{"Accounts":{"*":{"Checks":{"c":{"Regions":["*"],"Resources":["a"]}}}}}}"#, "rules.json")
        let none = try folder.write(#"{"Mutelist":{"Accounts":{}}}"#, "none.json")
        return [
            AuditedCommand(.frameworksAdd, "frameworks.create", "frameworks", "add", framework),
            AuditedCommand(
                .frameworksRemove, "frameworks.delete", "frameworks", "remove", CrashScenario.frameworkIDs[0]),
            AuditedCommand(.checksAdd, "checks.create", "checks", "add", check),
            AuditedCommand(.checksAdd, "checks.update", "checks", "add", check),
            AuditedCommand(.checksSet, "checks.update", "checks", "set", "my_check", "prefix=x"),
            AuditedCommand(.checksUnset, "checks.update", "checks", "unset", "my_check"),
            AuditedCommand(.checksRemove, "checks.delete", "checks", "remove", "my_check"),
            AuditedCommand(.muteAdd, "mute-rules.create", "mute", "add", "--check", "kms_*", "--reason", "accepted"),
            AuditedCommand(.muteRemove, "mute-rules.delete", "mute", "remove", "{mute}"),
            AuditedCommand(.mutelistApply, "processors.create", "mutelist", "apply", rules),
            AuditedCommand(.mutelistApply, "processors.update", "mutelist", "apply", rules),
            AuditedCommand(.mutelistApply, "processors.delete", "mutelist", "apply", none),
            AuditedCommand(.retentionSet, "retention.update", "retention", "set", "--scans", "1"),
            AuditedCommand(.retentionRun, "retention.run", "retention", "run"),
            AuditedCommand(.retentionClear, "retention.update", "retention", "clear"),
        ]
    }

    private func secrets() throws -> [AuditedCommand] {
        [
            AuditedCommand(.secretSet, "secrets.create", "secret", "set", "token", "--from-file", password),
            AuditedCommand(.secretSet, "secrets.update", "secret", "set", "token", "--from-file", password),
            AuditedCommand(
                .secretSet, "provider-secrets.create", "secret", "set", "accounts/aws/2", "--from-file", password),
            AuditedCommand(.secretRotate, "secrets.rotate", "secret", "rotate"),
            AuditedCommand(.secretRemove, "provider-secrets.delete", "secret", "remove", "accounts/aws/2"),
            AuditedCommand(.secretRemove, "secrets.delete", "secret", "remove", "token"),
        ]
    }

    private func scans(_ endpointMap: String) throws -> [AuditedCommand] {
        let file = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
        return [
            AuditedCommand(.importFiles, "scans.start", "import", file),
            AuditedCommand(
                .scanAzure, "scans.start", "scan", "azure", "--subscription", AzureEstate.subscription,
                "--endpoint-map", endpointMap, "--services", "storage"),
            AuditedCommand(
                .scanStart, "scans.start", "scan", "start", "--account", "aws/2", "--source", "external:lab"),
            AuditedCommand(.scanCancel, "scans.cancel", "scan", "cancel", "{scan}"),
            AuditedCommand(.scanRetry, "scans.retry", "scan", "retry", "{scan}"),
            AuditedCommand(
                .scheduleAdd, "schedules.create", "schedule", "add", "--account", "aws/2", "--source", "external:lab",
                "--cron", "0 6 * * *", "--name", "daily"),
            AuditedCommand(.schedulePause, "schedules.pause", "schedule", "pause", "daily"),
            AuditedCommand(.scheduleResume, "schedules.resume", "schedule", "resume", "daily"),
            AuditedCommand(.scheduleRemove, "schedules.delete", "schedule", "remove", "daily"),
            AuditedCommand(.sourceRemove, "sources.delete", "source", "remove", "lab"),
        ]
    }

    private var password: String { folder.path("password") }
}
