import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A finding as both the store and the reference can tell it.
struct SeenFinding: Hashable {
    var fingerprint: String
    var check: String
    var regions: [String]
    var status: Status
    var severity: Severity
    var muted: Bool
    var detail: String
    var delta: FindingDelta
    var firstSeen: Int64
    var failingSince: Int64?
    var resource: SeenResource

    init(_ row: FindingRow) {
        fingerprint = row.fingerprint
        check = row.check.check
        regions = row.regions
        status = row.status
        severity = row.severity
        muted = row.muted
        detail = row.detail
        delta = row.delta
        firstSeen = row.firstSeenAt.milliseconds
        failingSince = row.failingSince?.milliseconds
        resource = SeenResource(row.resource)
    }

    init(_ key: Reference.Key, _ finding: Reference.Finding, _ resource: SeenResource) throws {
        fingerprint = try key.fingerprint
        check = key.check
        regions = key.regions
        status = finding.said.status
        severity = finding.said.severity
        muted = finding.said.muted
        detail = finding.said.detail
        delta = finding.delta
        firstSeen = finding.firstSeen
        failingSince = finding.failingSince
        self.resource = resource
    }
}

struct SeenResource: Hashable {
    var uid: String
    var name: String
    var type: String
    var region: String
    var tags: [Tag]

    init(_ observation: ResourceObservation) {
        uid = observation.uid
        name = observation.name
        type = observation.type
        region = observation.region
        tags = observation.tags
    }

    init(uid: String, _ resource: Reference.Resource) {
        self.uid = uid
        name = resource.name
        type = resource.type
        region = resource.region
        tags = resource.tags.sorted()
    }
}

extension Reference.Key {
    var fingerprint: String {
        get throws {
            let identity = FindingIdentity(source: "prowler", account: try Statement.account)
            var hasher = ContentHasher()
            return identity.fingerprint(
                prefix: identity.checkPrefix(check), check: check, regions: Names.setName(regions), resource: uid,
                discriminator: discriminator, hasher: &hasher
            ).hex
        }
    }
}

extension Reference.Snapshot {
    var seenFindings: [SeenFinding] {
        get throws {
            try findings.map { key, finding in
                let resource = try #require(resources[key.uid])
                return try SeenFinding(key, finding, SeenResource(uid: key.uid, resource))
            }
        }
    }
}

extension TestStore {
    func findings(_ filter: FindingFilter = FindingFilter(), at scan: String? = nil) async throws -> [FindingRow] {
        try await store.read { reader in
            var rows: [FindingRow] = []
            try reader.findings(filter, at: scan) { rows.append($0) }
            return rows
        }
    }

    func resources(at scan: String? = nil) async throws -> [ResourceRow] {
        try await store.read { reader in
            var rows: [ResourceRow] = []
            try reader.resources(ResourceFilter(), at: scan) { rows.append($0) }
            return rows
        }
    }

    func coverage(at generation: Int64) async throws -> Set<Reference.Pair> {
        let tenant = store.tenant
        let key = try Statement.account
        return try await store.database.read { connection in
            let checks = try Names.all(.check, tenant: tenant, connection)
            let regions = try Names.all(.region, tenant: tenant, connection)
            var pairs: Set<Reference.Pair> = []
            guard let account = try Accounts.existingAccount(key, tenant: tenant, connection) else { return pairs }
            try CoverageRecords.entries(account, generation: generation, connection) { entry in
                pairs.insert(.init(check: checks[entry.check] ?? "?", region: regions[entry.region] ?? "?"))
            }
            return pairs
        }
    }
}
