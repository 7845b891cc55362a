import MartletCore

/// Versions of resources with their tags, written in batches.
public enum Resources {
    private static let tagStage = Stage("stage_tags", [.init("tag", .int), .init("resource", .int)])

    /// For each key the newest two versions: that of the running generation, where there is one, and the newest before it.
    /// One statement. `body` gets the key's place.
    public static func versions(
        of keys: [ContentHash], _ account: AccountID, _ connection: any Connection,
        _ body: (Int, ResourceVersion) throws -> Void
    ) throws {
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
        try Findings.loadIDs(identifiers, connection)
        var observations: [Int64: ResourceObservation] = [:]
        try connection.query(
            """
            SELECT r.id, r.uid, r.name, r.type, r.service, r.region, r.partition_name, r.data, r.tags
            FROM stage_ids s CROSS JOIN resources r WHERE r.tenant = $1 AND r.id = s.id
            """, [.int(account.tenant)]
        ) { row in observations[row.int(0)] = observation(row, from: 1) }
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
        let loader = try connection.load(tagStage)
        for version in versions {
            for tag in version.tags {
                loader.add(TagText.number(of: tag))
                loader.add(version.resource)
                try loader.endRow()
            }
        }
        try loader.finish()
        try connection.execute(
            """
            DELETE FROM resource_tags WHERE tenant = $1 AND account = $2 AND opened_in = $3
            AND (tag, resource) IN (SELECT tag, resource FROM stage_tags)
            """, account.values + [.int(generation)])
        try Findings.loadIDs(versions.map(\.id), connection)
        try connection.execute(
            "DELETE FROM resources WHERE tenant = $1 AND id IN (SELECT id FROM stage_ids)", [.int(account.tenant)])
    }

    /// Opens versions, given in the order of their keys, with their tags. Gives the number of tags written.
    public static func open(
        _ records: [ResourceRecord], _ account: AccountID, generation: Int64, _ connection: any Connection
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
        let loaded = try loader.finish()
        guard loaded == records.count else {
            throw MartletError(.database, "\(records.count) resources were to be written and \(loaded) were.")
        }
        tags.sort { ($0.tag, $0.resource) < ($1.tag, $1.resource) }
        let tagLoader = try connection.load(
            into: "resource_tags", columns: ["tenant", "account", "tag", "resource", "opened_in"])
        for tag in tags {
            tagLoader.add(account.tenant)
            tagLoader.add(account.account)
            tagLoader.add(tag.tag)
            tagLoader.add(tag.resource)
            tagLoader.add(generation)
            try tagLoader.endRow()
        }
        try tagLoader.finish()
    }

    /// Keeps the account's counter of resource numbers.
    public static func setNextNumber(_ number: Int64, _ account: AccountID, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE accounts SET next_resource = $3 WHERE tenant = $1 AND id = $2", account.values + [.int(number)])
    }

    private static let columns = [
        "tenant", "account", "resource", "uid_key", "opened_in", "content", "first_seen_at", "updated_at", "tag_count",
        "uid", "name", "type", "service", "region", "partition_name", "data", "tags",
    ]
}
