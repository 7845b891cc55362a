import MartletCore
import MartletReference
import MartletStore

@testable import MartletEngine

/// The findings of an account, each in one line, as the store and the reference tell them.
enum SeenPosture {
    static func lines(_ store: Store, account: String) async throws -> Set<String> {
        try await store.read { reader in
            var lines: Set<String> = []
            var filter = FindingFilter()
            filter.accounts = AccountFilter(accounts: ["aws/" + account])
            try reader.findings(filter) { row in
                let said = Reference.Said(
                    status: row.status, severity: row.severity, muted: row.muted, detail: row.detail)
                let resource = row.resource
                lines.insert(
                    line(
                        row.check.check, row.regions, resource.uid, said, row.delta, row.firstSeenAt.milliseconds,
                        row.failingSince?.milliseconds, resource.name, resource.type, resource.region,
                        Set(resource.tags)))
            }
            return lines
        }
    }

    static func lines(_ snapshot: Reference.Snapshot) -> Set<String> {
        Set(
            snapshot.findings.map { key, finding in
                let resource = snapshot.resources[key.uid]
                return line(
                    key.check, key.regions, key.uid, finding.said, finding.delta, finding.firstSeen,
                    finding.failingSince, resource?.name ?? "?", resource?.type ?? "?", resource?.region ?? "?",
                    resource?.tags ?? [])
            })
    }

    private static func line(
        _ check: String, _ regions: [String], _ uid: String, _ said: Reference.Said, _ delta: FindingDelta,
        _ firstSeen: Int64, _ failingSince: Int64?, _ name: String, _ type: String, _ region: String, _ tags: Set<Tag>
    ) -> String {
        let tags = tags.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ",")
        return "\(check) \(regions) \(uid) \(said) \(delta) \(firstSeen) \(failingSince ?? 0) "
            + "\(name) \(type) \(region) \(tags)"
    }
}
