import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/overviews/threatscore`: the scores of the published postures.
enum ThreatScoreEndpoints {
    private static let schema = ResourceSchema(
        "threatscore-snapshots", component: "ThreatScoreSnapshot",
        attributes: [
            Property("inserted_at", .time), Property("compliance_id", .string()),
            Property("overall_score", .nullable(.string()), "0 to 100; null where nothing was evaluated."),
            Property("score_delta", .nullable(.string()), "Against the scan before; null where that has no score."),
            Property("section_scores", .map(.any)), Property("critical_requirements", .array(.any)),
            Property("total_requirements", .integer()), Property("passed_requirements", .integer()),
            Property("failed_requirements", .integer()), Property("manual_requirements", .integer()),
            Property("total_findings", .integer()), Property("passed_findings", .integer()),
            Property("failed_findings", .integer()),
        ], relationships: [.one("scan", "scans"), .one("provider", AccountShape.type)])

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/overviews/threatscore", operation: "overviews_threatscore_retrieve", tag: "Overviews",
            summary: "The ThreatScore of each account and framework that has one.", access: .authenticated,
            query: QuerySpec(
                filters: AccountConditions.short + [FilterSpec("scan", .uuid), FilterSpec("compliance_id", .text)],
                includes: ["scan", "provider"], fields: [schema, ScanShape.schema, AccountShape.schema],
                paging: PagingSpec(size: 100),
                parameters: [ParameterSpec("snapshot_id", .uuid, "The one score of this id, of whatever scan.")]),
            responses: [ResponseSpec(200, .list(schema))], validator: PostureTag.validator, handler: list)
    ]

    private struct Row: Sendable {
        var score: ScoreRow
        var account: AccountDetail
        var scan: String
        var requirements: [String: Requirement]
        var delta: Double?
    }

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let (rows, scans) = try await context.store.readRetrying { reader -> ([Row], [ScanDetail]) in
            var moment = try ComplianceEndpoints.moment(context, reader)
            var framework = query.text("compliance_id")
            if let snapshot = query.parameters["snapshot_id"]?.text {
                (moment, framework) = try find(snapshot, moment, framework, context, reader)
            }
            let filter = AccountFilter(numbers: moment.accounts)
            let before = try reader.previousScores(filter, at: moment.scan)
            let accounts = Dictionary(
                try reader.accountDetails(moment.accounts).map { ($0.key, $0) }
            ) { first, _ in first }
            var frameworks: [String: [String: Requirement]] = [:]
            let rows = try reader.scores(filter, framework: framework, at: moment.scan).compactMap { score -> Row? in
                guard let account = accounts[score.account], let scan = moment.scan ?? account.scan else { return nil }
                if frameworks[score.framework] == nil {
                    let requirements = try reader.framework(score.framework)?.requirements ?? []
                    frameworks[score.framework] = Dictionary(requirements.map { ($0.id, $0) }) { first, _ in first }
                }
                let earlier = before[score.account]?[score.framework]
                return Row(
                    score: score, account: account, scan: scan, requirements: frameworks[score.framework] ?? [:],
                    delta: score.score.flatMap { now in earlier.map { now - $0 } })
            }
            var scans = ScanQuery()
            scans.ids = Set(rows.map(\.scan))
            let isWanted = query.include.contains("scan") && !rows.isEmpty
            return (rows, isWanted ? try reader.scanPage(scans, limit: StoreReader.maximumPageRows) : [])
        }
        let page = Array(rows.dropFirst(query.page.offset).prefix(query.page.size))
        var writer = context.writer()
        writer.beginList()
        for row in page {
            let id = identifier(scan: row.scan, framework: row.score.framework)
            writer.resource(ResourceIdentifier(schema.type, id)) { fill(row, &$0) }
        }
        let shown = Set(page.map(\.scan))
        for scan in scans where shown.contains(scan.scan.id) {
            writer.include(ResourceIdentifier("scans", scan.scan.id)) { ScanShape.fill(scan, &$0, context) }
        }
        if query.include.contains("provider") {
            let accounts = Dictionary(page.map { ($0.account.number, $0.account) }) { first, _ in first }
            for account in accounts.values.sorted(by: { $0.number < $1.number }) {
                writer.include(ResourceIdentifier(AccountShape.type, account.identifier)) {
                    AccountShape.fill(account, secrets: [], groups: [], &$0, context)
                }
            }
        }
        writer.endList(links: PageLinks(context, count: .exact(rows.count)))
        return writer.response()
    }

    /// The scan and framework of a score's id: it is a hash of them.
    ///
    /// - Throws: 404 where no scan that can be read has such a score.
    private static func find(
        _ snapshot: String, _ moment: ScanMoment, _ framework: String?, _ context: RequestContext, _ reader: StoreReader
    ) throws -> (ScanMoment, String) {
        let (scans, frameworks) = try reader.scored(moment.accounts)
        for scan in moment.scan.map({ [$0] }) ?? scans {
            for name in framework.map({ [$0] }) ?? frameworks
            where identifier(scan: scan, framework: name) == snapshot.lowercased() {
                let account = try context.scan(scan, reader).account
                return (ScanMoment(accounts: [account], scan: scan), name)
            }
        }
        throw APIError.notFound("There is no score \(snapshot).")
    }

    private static func identifier(scan: String, framework: String) -> String {
        var hasher = ContentHasher()
        hasher.add("score identifier")
        hasher.add(scan)
        hasher.add(framework)
        return hasher.finish().uuid(version: 8)
    }

    private static func fill(_ row: Row, _ resource: inout ResourceWriter) {
        let document = row.score.document
        let requirements = document["requirements"]?.arrayValue ?? []
        func count(_ status: String) -> Int { requirements.filter { $0["status"]?.stringValue == status }.count }
        let total = requirements.reduce(Int64(0)) { $0 + ($1["total"]?.intValue ?? 0) }
        let passed = requirements.reduce(Int64(0)) { $0 + ($1["passed"]?.intValue ?? 0) }
        resource.attribute("inserted_at", row.account.publishedAt)
        resource.attribute("compliance_id", row.score.framework)
        resource.attribute("overall_score", row.score.score.map(decimal))
        resource.attribute("score_delta", row.delta.map(decimal))
        resource.attribute("section_scores", document["sections"] ?? .object([]))
        resource.attribute("critical_requirements") { json in
            json.beginArray()
            let critical = Set(document["critical"]?.arrayValue?.compactMap(\.stringValue) ?? [])
            for requirement in requirements {
                guard let id = requirement["id"]?.stringValue, critical.contains(id) else { continue }
                write(id, requirement, row.requirements[id], &json)
            }
            json.endArray()
        }
        resource.attribute("total_requirements", requirements.count)
        resource.attribute("passed_requirements", count("PASS"))
        resource.attribute("failed_requirements", count("FAIL"))
        resource.attribute("manual_requirements", requirements.count - count("PASS") - count("FAIL"))
        resource.attribute("total_findings", total)
        resource.attribute("passed_findings", passed)
        resource.attribute("failed_findings", total - passed)
        resource.one("scan", ResourceIdentifier("scans", row.scan))
        resource.one("provider", ResourceIdentifier(AccountShape.type, row.account.identifier))
    }

    private static func write(_ id: String, _ value: JSONValue, _ known: Requirement?, _ json: inout JSONWriter) {
        let attributes = known?.attributes.first
        json.beginObject()
        json.field("requirement_id", id)
        json.field("title", attributes?["Title"]?.stringValue ?? known?.name ?? "")
        json.field("section", value["section"]?.stringValue ?? "")
        json.field("subsection", attributes?["SubSection"]?.stringValue ?? "")
        json.field("description", known?.description ?? "")
        json.field("risk_level", value["level_of_risk"]?.intValue ?? 0)
        json.field("weight", value["weight"]?.intValue ?? 0)
        json.field("total_findings", value["total"]?.intValue ?? 0)
        json.field("passed_findings", value["passed"]?.intValue ?? 0)
        json.endObject()
    }

    /// Two decimals, as Prowler writes scores.
    private static func decimal(_ score: Double) -> String {
        let hundredths = Int((abs(score) * 100).rounded())
        let rest = hundredths % 100
        return "\(score < 0 && hundredths > 0 ? "-" : "")\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
