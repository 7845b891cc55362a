import MartletCore
import MartletStore

/// Turns recognised statements back into a batch, for the few whose finding or resource another statement of the same
/// scan has changed: what is published then has to be merged as if it had been read.
enum RecognisedReplay {
    /// The batch that reading the statements would have given.
    static func batch(
        _ statements: [RecognisedStatement], _ account: AccountID, _ connection: any Connection
    ) throws -> PreparedBatch {
        let findings = try StoredStatement.all(
            of: Array(Set(statements.map(\.known.finding))), account, connection)
        let resources = try Resources.observations(
            of: Array(Set(statements.map(\.known.resource))), account, connection)
        var batch = PreparedBatch()
        var hasher = ContentHasher()
        var places: [Int64: Int] = [:]
        var findingPlaces: [Int64: Int] = [:]
        for statement in statements {
            batch.read += 1
            batch.latest = max(batch.latest ?? statement.observedAt, statement.observedAt)
            guard let stored = findings[statement.known.finding], let observation = resources[statement.known.resource]
            else { throw MartletError(.database, "A published finding has vanished during the scan.") }
            let place = places[statement.known.resource] ?? batch.resources.count
            if place == batch.resources.count {
                places[statement.known.resource] = place
                batch.resources.append(
                    .init(
                        key: FindingIdentity.resourceKey(observation.uid, hasher: &hasher), observation: observation,
                        content: observation.content(&hasher), observedAt: statement.observedAt))
            }
            if let known = findingPlaces[statement.known.finding] {
                batch.duplicates += 1
                batch.findings[known].value = .merge(
                    batch.findings[known].value, FindingValue(stored.value, statedAt: statement.observedAt))
                continue
            }
            findingPlaces[statement.known.finding] = batch.findings.count
            batch.findings.append(
                .init(
                    fingerprint: stored.fingerprint, check: stored.check, regionSet: stored.regionSet, resource: place,
                    discriminator: stored.discriminator,
                    value: FindingValue(stored.value, statedAt: statement.observedAt), content: stored.content))
        }
        batch.sort()
        return batch
    }
}
