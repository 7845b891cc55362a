import MartletCore

/// The names behind the numbers in a view's findings, read once per view.
struct FindingLookup {
    let checkNames: [Int64: String]
    let regionsOfSet: [Int64: [String]]
    let sources: [Int64: String]
    /// What a scanner says of each check of the account at the generation.
    private var texts: [TextKey: CheckMetadata] = [:]

    private struct TextKey: Hashable {
        var source: Int64
        var check: Int64
    }

    init(_ view: StoreReader.View, _ connection: any Connection) throws {
        let tenant = view.id.tenant
        checkNames = try Names.all(.check, tenant: tenant, connection)
        regionsOfSet = try Names.all(.regionSet, tenant: tenant, connection).mapValues(Names.regions(ofSet:))
        sources = try Names.all(.source, tenant: tenant, connection)
        var texts: [TextKey: CheckMetadata] = [:]
        try connection.query(
            """
            SELECT h.source, h.check_id, t.service, t.title, t.document
            FROM check_holdings h JOIN check_texts t ON t.tenant = $1 AND t.id = h.check_text
            WHERE h.tenant = $1 AND h.account = $2 AND h.opened_in <= $3
            AND (h.closed_in IS NULL OR h.closed_in > $3)
            """, view.id.values + [.int(view.generation)]
        ) { row in
            texts[TextKey(source: row.int(0), check: row.int(1))] = CheckMetadata(
                check: checkNames[row.int(1)] ?? "", service: row.text(2), title: row.text(3), document: row.text(4))
        }
        self.texts = texts
    }

    /// What a scanner says of a check.
    func metadata(source: Int64, check: Int64) -> CheckMetadata {
        texts[TextKey(source: source, check: check)]
            ?? CheckMetadata(check: checkNames[check] ?? "", service: "", title: "", document: "{}")
    }
}
