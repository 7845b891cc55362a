import MartletCore
import MartletStore

/// Turns observations of one account into ``PreparedBatch``es and remembers, for the whole scan, what each check is.
struct BatchPreparer {
    private let identity: FindingIdentity
    private var prefixes: [String: UInt64] = [:]
    /// The check and the regions of the statement before: scanners speak check by check and region by region.
    private var last: (metadata: CheckMetadata, prefix: UInt64, text: ContentHash)?
    private var lastRegions: (names: [String], set: String) = ([], "")
    /// For each check the text that was chosen among all statements so far.
    private(set) var texts: [String: CheckMetadata] = [:]

    /// Checks that one scan may name; beyond that the source is not what it says it is.
    static let maximumChecks = 50_000

    init(source: String, account: AccountKey) {
        identity = FindingIdentity(source: source, account: account)
    }

    /// Merges what the batch says twice. Throws when the source names more checks than any scanner has.
    mutating func prepare(_ observations: [FindingObservation]) throws -> PreparedBatch {
        var batch = PreparedBatch()
        // Parallel to the findings.
        var statements: [(hash: UInt64, text: ContentHash?)] = []
        var hasher = ContentHasher()
        batch.findings.reserveCapacity(observations.count)
        var findingPlaces: [ContentHash: Int] = [:]
        findingPlaces.reserveCapacity(observations.count)
        var resourcePlaces: [ContentHash: Int] = [:]
        for observation in observations {
            if let rejection = observation.rejection {
                batch.rejections.append(rejection)
                continue
            }
            batch.read += 1
            batch.latest = max(batch.latest ?? observation.observedAt, observation.observedAt)
            let check = observation.check.check
            let prefix = try note(observation.check)
            let regions = setName(observation.regions)
            let fingerprint = identity.fingerprint(
                prefix: prefix, check: check, regions: regions, resource: observation.resource.uid,
                discriminator: observation.discriminator, hasher: &hasher)
            let resource = merge(observation.resource, at: observation.observedAt, &batch, &resourcePlaces, &hasher)
            let value = FindingValue(observation)
            if let place = findingPlaces[fingerprint] {
                batch.duplicates += 1
                let merged = FindingValue.merge(batch.findings[place].value, value)
                batch.findings[place].content = merged.content(&hasher)
                batch.findings[place].value = merged
                statements[place].hash = 0
            } else {
                statements.append((observation.statement, last?.text))
                findingPlaces[fingerprint] = batch.findings.count
                batch.findings.append(
                    .init(
                        fingerprint: fingerprint, check: check, regionSet: regions, resource: resource,
                        discriminator: observation.discriminator, value: value, content: value.content(&hasher)))
            }
        }
        for place in batch.resources.indices {
            batch.resources[place].content = batch.resources[place].observation.content(&hasher)
        }
        for (place, statement) in statements.enumerated() {
            let resource = batch.resources[batch.findings[place].resource]
            guard let text = statement.text, !resource.isContradicted else { continue }
            batch.findings[place].statement = StatementRecords.mark(
                statement: statement.hash, resource: resource.content, text: text)
        }
        batch.sort()
        return batch
    }

    /// Remembers the check's text and gives the fingerprint's part that belongs to the check.
    private mutating func note(_ metadata: CheckMetadata) throws -> UInt64 {
        if let last, last.metadata === metadata { return last.prefix }
        let prefix = try noteOther(metadata)
        last = (metadata, prefix, CheckTexts.content(of: metadata))
        return prefix
    }

    private mutating func noteOther(_ metadata: CheckMetadata) throws -> UInt64 {
        let check = metadata.check
        if let known = texts[check] {
            if known !== metadata, CheckMetadata.precedes(metadata, known) { texts[check] = metadata }
        } else {
            guard texts.count < Self.maximumChecks else {
                throw MartletError(.limit, "The source names more than \(Self.maximumChecks) checks.")
            }
            texts[check] = metadata
        }
        if let prefix = prefixes[check] { return prefix }
        let prefix = identity.checkPrefix(check)
        prefixes[check] = prefix
        return prefix
    }

    /// The form in which a set of regions is stored.
    private mutating func setName(_ regions: [String]) -> String {
        if regions != lastRegions.names { lastRegions = (regions, Names.setName(regions)) }
        return lastRegions.set
    }

    /// Adds or merges a resource; its content is hashed once the batch is complete.
    private mutating func merge(
        _ observation: ResourceObservation, at time: Timestamp, _ batch: inout PreparedBatch,
        _ places: inout [ContentHash: Int], _ hasher: inout ContentHasher
    ) -> Int {
        let key = FindingIdentity.resourceKey(observation.uid, hasher: &hasher)
        guard let place = places[key] else {
            places[key] = batch.resources.count
            batch.resources.append(.init(key: key, observation: observation, content: key, observedAt: time))
            return batch.resources.count - 1
        }
        if batch.resources[place].observation != observation {
            batch.resources[place].observation = .merge(batch.resources[place].observation, observation)
            batch.resources[place].isContradicted = true
        }
        batch.resources[place].observedAt = min(batch.resources[place].observedAt, time)
        return place
    }
}
