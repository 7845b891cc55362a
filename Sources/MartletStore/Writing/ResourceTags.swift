import MartletCore

/// Which resources have a tag: for each tag and batch one row that names the resources whose versions the batch opened.
///
/// A tag that a thousand resources of a batch share costs one row, not a thousand. Rows name exactly the tags of the
/// versions that are stored, closed ones included; who asks checks a hit against the version that holds.
public enum ResourceTags {
    /// A tag's number (``TagText/number(of:)``), and a version of a resource that has the tag.
    struct Entry: Hashable {
        var tag: Int64
        var resource: Int64
        var openedIn: Int64
    }

    private struct Key: Hashable {
        var tag: Int64
        var openedIn: Int64
    }

    private static let asked = Stage("stage_tags", [.init("tag", .int), .init("opened_in", .int)])
    private static let touched = Stage(
        "stage_tag_rows", [.init("tag", .int), .init("opened_in", .int), .init("batch", .int)])
    private static let columns = ["tenant", "account", "tag", "opened_in", "batch", "resources"]

    /// Writes the tags of versions that one batch opened. `batch` is a number that the generation has not used.
    static func add(
        _ entries: [(tag: Int64, resource: Int64)], _ account: AccountID, generation: Int64, batch: Int64,
        _ connection: any Connection
    ) throws {
        let sorted = entries.sorted { ($0.tag, $0.resource) < ($1.tag, $1.resource) }
        let loader = try connection.load(into: "resource_tags", columns: columns)
        var place = 0
        while place < sorted.count {
            let tag = sorted[place].tag
            var resources: [UInt8] = []
            var last: Int64?
            while place < sorted.count, sorted[place].tag == tag {
                // Two tags of one resource may have the same number.
                if sorted[place].resource != last { append(sorted[place].resource, to: &resources) }
                last = sorted[place].resource
                place += 1
            }
            try load(tag, generation, batch, resources, account, loader)
        }
        try loader.finish()
    }

    /// Takes versions that are removed out of the rows of their tags. At most four statements.
    static func remove(_ entries: Set<Entry>, _ account: AccountID, _ connection: any Connection) throws {
        let keys = Set(entries.map { Key(tag: $0.tag, openedIn: $0.openedIn) })
        guard !keys.isEmpty else { return }
        let asking = try connection.load(asked)
        for key in keys {
            asking.add(key.tag)
            asking.add(key.openedIn)
            try asking.endRow()
        }
        try asking.finish()
        var rows: [(key: Key, batch: Int64, left: [UInt8])] = []
        try connection.query(
            """
            SELECT t.tag, t.opened_in, t.batch, t.resources FROM stage_tags s CROSS JOIN resource_tags t
            WHERE t.tenant = $1 AND t.account = $2 AND t.tag = s.tag AND t.opened_in = s.opened_in
            """, account.values
        ) { row in
            let key = Key(tag: row.int(0), openedIn: row.int(1))
            var left: [UInt8] = []
            let stored = row.bytes(3)
            for resource in numbers(stored)
            where !entries.contains(Entry(tag: key.tag, resource: resource, openedIn: key.openedIn)) {
                append(resource, to: &left)
            }
            if left.count != stored.count { rows.append((key, row.int(2), left)) }
        }
        guard !rows.isEmpty else { return }
        let touching = try connection.load(touched)
        for row in rows {
            touching.add(row.key.tag)
            touching.add(row.key.openedIn)
            touching.add(row.batch)
            try touching.endRow()
        }
        try touching.finish()
        try connection.execute(
            """
            DELETE FROM resource_tags WHERE tenant = $1 AND account = $2
            AND (tag, opened_in, batch) IN (SELECT tag, opened_in, batch FROM stage_tag_rows)
            """, account.values)
        let loader = try connection.load(into: "resource_tags", columns: columns)
        for row in rows where !row.left.isEmpty {
            try load(row.key.tag, row.key.openedIn, row.batch, row.left, account, loader)
        }
        try loader.finish()
    }

    /// The resources that have, or at some time had, a tag; one query.
    static func resources(
        with tag: Tag, _ account: AccountID, upTo generation: Int64, _ connection: any Connection
    ) throws -> Set<Int64> {
        var resources: Set<Int64> = []
        try connection.query(
            "SELECT resources FROM resource_tags WHERE tenant = $1 AND account = $2 AND tag = $3 AND opened_in <= $4",
            account.values + [.int(TagText.number(of: tag)), .int(generation)]
        ) { resources.formUnion(numbers($0.bytes(0))) }
        return resources
    }

    /// The resources that a stored row names.
    static func numbers(_ bytes: [UInt8]) -> [Int64] {
        stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
            bytes[start..<start + 4].reduce(0) { $0 << 8 | Int64($1) }
        }
    }

    private static func append(_ resource: Int64, to bytes: inout [UInt8]) {
        // The schema keeps a resource's number within 31 bits.
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: resource).bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func load(
        _ tag: Int64, _ openedIn: Int64, _ batch: Int64, _ resources: [UInt8], _ account: AccountID,
        _ loader: any RowLoader
    ) throws {
        loader.add(account.tenant)
        loader.add(account.account)
        loader.add(tag)
        loader.add(openedIn)
        loader.add(batch)
        loader.add(resources)
        try loader.endRow()
    }
}
