import MartletCore

/// Keys of findings that the database sorts: those of a past scan, and those that a scan changed.
final class SortedKeys: FindingKeys {
    private let cursor: any Cursor
    private let wanted: Set<Int64>
    private(set) var position: FindingPosition?
    /// Keys that may still come before the limit.
    private var left: Int
    private var isAtEnd = false

    /// - Parameters:
    ///   - views: The accounts; more than one only where all are read at what is published.
    ///   - condition: Which versions are wanted, by `f` and the generation it is given.
    ///   - limit: Keys at most; nil for all.
    ///   - number: What the condition may call `$9`.
    init(
        _ views: [StoreReader.View], _ condition: (_ generation: String) -> String, filter: FindingFilter,
        after position: FindingPosition?, limit: Int?, number: Int64 = 0, _ connection: any Connection
    ) throws {
        wanted = Set(views.map(\.id.account))
        self.position = position
        left = limit ?? .max
        let single = views.count == 1 ? views.first : nil
        let values: [Value] = [
            .int(views.first?.id.tenant ?? 0), .int(single?.id.account ?? 0), .int(single?.generation ?? 0),
            // Before the first finding: no status is lower.
            .int(Int64(position?.status.rawValue ?? -1)), .int(Int64(position?.severity.rawValue ?? 0)),
            .int(position?.account ?? 0), .hash(position?.fingerprint ?? .first), .int(Int64(limit ?? .max)),
            .int(number),
        ]
        var conditions = [condition(single == nil ? "a.published" : "$3"), Self.after]
        if !filter.statuses.isEmpty { conditions.append(Self.among("+f.status", filter.statuses.map(\.rawValue))) }
        if !filter.severities.isEmpty {
            conditions.append(Self.among("+f.severity", filter.severities.map(\.rawValue)))
        }
        let from =
            single == nil
            ? "accounts a JOIN findings f ON f.tenant = $1 AND f.account = a.id WHERE a.tenant = $1"
            : "findings f WHERE f.tenant = $1 AND f.account = $2"
        cursor = try connection.cursor(
            """
            SELECT \(FindingKey.columns) FROM \(from) AND \(conditions.joined(separator: " AND "))
            ORDER BY +f.status, +f.severity DESC, f.account, f.fingerprint LIMIT $8
            """, values)
    }

    // What a plus stands before, SQLite does not look for an index of: that of the listing's order has all findings of the
    // tenant, and those wanted here are few of one account.
    private static let after = """
        (+f.status > $4 OR +f.status = $4 AND (+f.severity < $5 OR +f.severity = $5
        AND (f.account > $6 OR f.account = $6 AND f.fingerprint > $7)))
        """

    func next(_ count: Int) throws -> [FindingKey]? {
        guard !isAtEnd else { return nil }
        var keys: [FindingKey] = []
        while keys.count < count {
            guard let row = try cursor.next() else {
                isAtEnd = true
                break
            }
            let key = FindingKey(row)
            position = key.position
            left -= 1
            if wanted.contains(key.position.account) { keys.append(key) }
        }
        return isAtEnd && keys.isEmpty ? nil : keys
    }

    var wasCut: Bool { left <= 0 }
    let decidesStates = true

    func close() { cursor.close() }

    /// The numbers come from enumerations, never from input: there are few such texts.
    private static func among(_ column: String, _ numbers: [Int]) -> String {
        "\(column) IN (\(numbers.sorted().map(String.init).joined(separator: ", ")))"
    }
}
