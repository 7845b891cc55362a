import MartletCore

/// Versions of resources with their tags, written in batches.
public enum Resources {
    /// For each key the newest two versions: that of the running generation, where there is one, and the newest before it.
    /// One statement. `body` gets the key's place.
    public static func versions(
        of keys: [ContentHash], _ account: AccountID, _ connection: any Connection,
        _ body: (Int, ResourceVersion) throws -> Void
    ) throws {
        guard !keys.isEmpty else { return }
        try connection.lookUp(
            """
            SELECT id, resource, opened_in, closed_in, content, first_seen_at
            FROM resources WHERE tenant = $1 AND account = $2 AND uid_key = $3 ORDER BY opened_in DESC LIMIT 2
            """, account.values, keys: keys
        ) { place, row in
            try body(
                place,
                ResourceVersion(
                    id: row.int(0), resource: row.int(1), openedIn: row.int(2), closedIn: row.optionalInt(3),
                    content: row.hash(4), firstSeenAt: row.time(5)))
        }
    }

    /// The attributes and tags of versions that a batch has to merge with.
    public static func observations(
        of identifiers: [Int64], _ account: AccountID, _ connection: any Connection
    ) throws -> [Int64: ResourceObservation] {
        guard !identifiers.isEmpty else { return [:] }
        var observations: [Int64: ResourceObservation] = [:]
        try connection.lookUp(
            """
            SELECT id, uid, name, type, service, region, partition_name, data, tags
            FROM resources WHERE tenant = $1 AND id = $2
            """, [.int(account.tenant)], numbers: identifiers
        ) { _, row in observations[row.int(0)] = observation(row, from: 1) }
        return observations
    }

    /// Reads uid, name, type, service, region, partition, data and tags from eight columns in a row.
    static func observation(_ row: any Row, from column: Int) -> ResourceObservation {
        ResourceObservation(
            uid: row.text(column), name: row.text(column + 1), type: row.text(column + 2),
            service: row.text(column + 3), region: row.text(column + 4), partition: row.text(column + 5),
            data: row.text(column + 6), tags: TagText.decode(row.text(column + 7)))
    }

    /// Removes versions of the running generation that a merge has made wrong, with their tags.
    public static func remove(
        _ versions: [(id: Int64, resource: Int64, tags: [Tag])], _ account: AccountID, generation: Int64,
        _ connection: any Connection
    ) throws {
        guard !versions.isEmpty else { return }
        var tags: Set<ResourceTags.Entry> = []
        for version in versions {
            for tag in version.tags {
                tags.insert(
                    .init(tag: TagText.number(of: tag), resource: version.resource, openedIn: generation))
            }
        }
        try ResourceTags.remove(tags, account, connection)
        try connection.execute(
            "DELETE FROM resources WHERE tenant = $1 AND account = $2 AND \(connection.dialect.isAmong("id", "$3"))",
            account.values + [.numbers(versions.map(\.id))])
    }

    /// Opens versions, given in the order of their keys, with their tags. `batch` is a number that the generation has
    /// not used.
    public static func open(
        _ records: [ResourceRecord], _ account: AccountID, generation: Int64, batch: Int64,
        _ connection: any Connection
    ) throws {
        guard !records.isEmpty else { return }
        let loader = try connection.load(into: "resources", columns: columns)
        var tags: [(tag: Int64, resource: Int64)] = []
        for record in records {
            let observation = record.observation
            loader.add(account.tenant)
            loader.add(account.account)
            loader.add(record.resource)
            loader.add(record.key)
            loader.add(generation)
            loader.add(record.content)
            loader.add(record.firstSeenAt)
            loader.add(record.updatedAt)
            loader.add(Int64(observation.tags.count))
            loader.add(observation.uid)
            loader.add(observation.name)
            loader.add(observation.type)
            loader.add(observation.service)
            loader.add(observation.region)
            loader.add(observation.partition)
            loader.add(observation.data)
            loader.add(TagText.encode(observation.tags))
            try loader.endRow()
            for tag in observation.tags { tags.append((TagText.number(of: tag), record.resource)) }
        }
        try loader.finish()
        try ResourceTags.add(tags, account, generation: generation, batch: batch, connection)
    }

    /// Keeps the account's counter of resource numbers.
    public static func setNextNumber(_ number: Int64, _ account: AccountID, _ connection: any Connection) throws {
        try connection.post(
            "UPDATE accounts SET next_resource = $3 WHERE tenant = $1 AND id = $2", account.values + [.int(number)])
    }

    private static let columns = [
        "tenant", "account", "resource", "uid_key", "opened_in", "content", "first_seen_at", "updated_at", "tag_count",
        "uid", "name", "type", "service", "region", "partition_name", "data", "tags",
    ]
}
