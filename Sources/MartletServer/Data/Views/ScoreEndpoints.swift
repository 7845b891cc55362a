import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/security-scores` and `/api/v1/overviews/security-score`: how good postures are, account by account and
/// together. The formula is ``SecurityScore``'s; OpenShield's endpoint has the same.
enum ScoreEndpoints {
    private static let schema = ResourceSchema(
        "security-scores", component: "SecurityScore",
        attributes: [Property("provider_uid", .string())] + ScoreShape.attributes,
        relationships: [.one("provider", AccountShape.type), .one("scan", "scans")])
    private static let overview = ResourceSchema(
        "security-score-overview", component: "SecurityScoreOverview", id: .string(),
        attributes: [Property("accounts", .integer()), Property("scanned_accounts", .integer())]
            + ScoreShape.attributes)

    private static let filters = AccountConditions.filters + [FilterSpec("scan", .uuid)]

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/security-scores", operation: "security_scores_list", tag: "Overviews",
            summary: "The security score of each account: null, never 100, where nothing was looked at.",
            access: .authenticated,
            query: QuerySpec(filters: filters, fields: [schema], paging: PagingSpec(size: 100)),
            responses: [ResponseSpec(200, .list(schema))], validator: PostureTag.validator, handler: list),
        Endpoint(
            .get, "/api/v1/overviews/security-score", operation: "overviews_security_score_retrieve",
            tag: "Overviews", summary: "The security score of all accounts that the filters leave, together.",
            access: .authenticated, query: QuerySpec(filters: filters, fields: [overview]),
            responses: [ResponseSpec(200, .resource(overview))], validator: PostureTag.validator, handler: together),
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        let (rows, accounts) = try await context.store.readRetrying { reader in
            let rows = try tallies(context, reader)
            let details = try reader.accountDetails(Set(rows.map(\.number)))
            return (rows, Dictionary(details.map { ($0.number, $0) }) { first, _ in first })
        }
        let page = Array(rows.dropFirst(context.query.page.offset).prefix(context.query.page.size))
        return context.answer(list: page, count: .exact(rows.count)) { row, writer in
            guard let account = accounts[row.number] else { return }
            writer.resource(ResourceIdentifier(schema.type, account.identifier)) { resource in
                resource.attribute("provider_uid", row.account.uid)
                ScoreShape.fill(SecurityScore(row.tally), &resource)
                resource.one("provider", ResourceIdentifier(AccountShape.type, account.identifier))
                resource.one("scan", row.scan.map { ResourceIdentifier("scans", $0) })
            }
        }
    }

    private static func together(_ context: RequestContext) async throws -> HTTPResponse {
        let rows = try await context.store.readRetrying { try tallies(context, $0) }
        return context.answer(ResourceIdentifier(overview.type, "n/a")) { resource in
            resource.attribute("accounts", rows.count)
            resource.attribute("scanned_accounts", rows.count { $0.tally.published > 0 })
            ScoreShape.fill(total(rows), &resource)
        }
    }

    /// The score of accounts together.
    static func total(_ rows: [ScoreTallyRow]) -> SecurityScore {
        var sum = ScoreTally()
        for row in rows { sum.add(row.tally) }
        return SecurityScore(sum)
    }

    private static func tallies(_ context: RequestContext, _ reader: StoreReader) throws -> [ScoreTallyRow] {
        let moment = try ComplianceEndpoints.moment(context, reader)
        return try reader.scoreTallies(
            AccountFilter(numbers: moment.accounts), at: moment.scan, context.services.postures)
    }
}
