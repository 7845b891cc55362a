import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/scans`, `/api/findings`, `/api/score`, `/api/compliance`: what clients of OpenShield ask for, translated. The engine
/// is the same; where OpenShield's own answers were wrong these are right: a malformed id is 400, a scan of what cannot be
/// scanned is refused, and without a scan there is no score.
enum OpenShieldEndpoints {
    private static let row = Schema.map(.any)

    private static func endpoint(
        _ method: HTTPMethod, _ path: PathPattern, _ operation: String, _ summary: String,
        access: EndpointAccess = .authenticated, parameters: [ParameterSpec] = [], request: RequestSpec = .none,
        status: Int = 200, content: Schema, startsWork: Bool = false, _ handler: @escaping Endpoint.Handler
    ) -> Endpoint {
        Endpoint(
            method, path, operation: "openshield_\(operation)", tag: "OpenShield", summary: summary, access: access,
            query: QuerySpec(parameters: parameters), request: request,
            responses: [ResponseSpec(status, .json(content))], produces: ["application/json"], startsWork: startsWork,
            handler: handler)
    }

    private static let subscription = ParameterSpec(
        "subscription_id", .text, "Only this account, by its uid.")

    static let all: [Endpoint] = [
        endpoint(
            .post, "/api/scans/trigger", "scans_trigger", "Asks for a scan of an account by its uid.",
            access: .permission(.manageScans),
            request: .json(.object([Property("subscription_id", .string(maxLength: 250), required: true)])),
            status: 202,
            content: row, startsWork: true, trigger),
        endpoint(
            .get, "/api/scans", "scans_list", "The newest 100 scans.", parameters: [subscription],
            content: .array(row), scans),
        endpoint(.get, "/api/scans/{id}", "scans_retrieve", "One scan.", content: row, scan),
        endpoint(
            .get, "/api/findings", "findings_list",
            "Failed findings, at most 1,000; the whole list is /api/v1/findings.",
            parameters: [
                subscription, ParameterSpec("severity", .text, "HIGH, MEDIUM, LOW, …"),
                ParameterSpec("category", .text, "The service of the check."),
                ParameterSpec("rule_id", .text, "The check's id."),
                ParameterSpec("scan_id", .uuid, "A published scan."),
            ], content: row, findings),
        endpoint(
            .get, "/api/score", "score",
            "0 to 100, whole points of /api/v1/overviews/security-score; null where nothing is known.",
            parameters: [subscription], content: .nullable(.integer(0...100)), score),
        endpoint(
            .get, "/api/compliance/{framework}", "compliance", "The controls of a framework.",
            parameters: [subscription], content: row, compliance),
    ]

    /// The visible accounts of a request, or the one that it names.
    private static func accounts(_ context: RequestContext, _ reader: StoreReader) throws -> Set<Int64>? {
        let visible = try context.visible
        guard let uid = context.query.parameters["subscription_id"]?.text else { return visible }
        let found = try reader.accountDetails(visible).filter { $0.key.uid == uid }
        guard !found.isEmpty else { throw APIError.notFound("There is no account \(uid.prefix(100)).") }
        return Set(found.map(\.number))
    }

    private static func trigger(_ context: RequestContext) async throws -> HTTPResponse {
        let uid = try await context.json()["subscription_id"]?.stringValue ?? ""
        let store = try context.store
        let visible = try context.visible
        let (account, order) = try await store.readRetrying { reader in
            let found = try reader.accountDetails(visible).filter { $0.key.uid == uid }
            guard let account = found.first, found.count == 1 else {
                throw APIError.notFound("There is no account \(uid.prefix(100)); add it to /api/v1/providers.")
            }
            return (account, ScanOrder(source: try ScanRequest.source(nil, of: account.key, reader)))
        }
        let id = try await ScanRequest.queueing {
            try await ScanQueue(store: store).start(account: account.key.description, order: order) {
                try context.note(AuditNote("start", "scans", $0), $1)
            }
        }
        var json = JSONWriter()
        json.beginObject()
        json.field("scan_id", id)
        json.field("status", "pending")
        json.field("message", "The scan is queued; a worker will take it.")
        json.endObject()
        return OpenShieldText.response(
            json, status: 202, headers: ["Location": "/api/scans/\(id)", "Retry-After": "2"])
    }

    private static func scans(_ context: RequestContext) async throws -> HTTPResponse {
        let (rows, scores) = try await context.store.readRetrying { reader in
            var query = ScanQuery()
            query.accounts = try accounts(context, reader)
            let rows = try reader.scanPage(query, limit: 100)
            return (rows, try rows.map { try OpenShieldText.tally($0, reader, context.services.postures) })
        }
        var json = JSONWriter()
        json.beginArray()
        for (row, counts) in zip(rows, scores) { OpenShieldText.write(row, counts, &json) }
        json.endArray()
        return OpenShieldText.response(json)
    }

    private static func scan(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let (row, counts) = try await context.store.readRetrying { reader in
            let row = try context.scan(id, reader)
            return (row, try OpenShieldText.tally(row, reader, context.services.postures))
        }
        var json = JSONWriter()
        OpenShieldText.write(row, counts, &json)
        return OpenShieldText.response(json)
    }

    private static func findings(_ context: RequestContext) async throws -> HTTPResponse {
        let parameters = context.query.parameters
        var filter = FindingFilter()
        filter.statuses = [.fail]
        if let name = parameters["severity"]?.text {
            guard let severity = Severity(name: name) else {
                throw APIError.parameter(
                    "severity", "A severity is one of \(FindingFilters.severities.joined(separator: ", ")).")
            }
            filter.severities = [severity]
        }
        if let service = parameters["category"]?.text { filter.services = [GlobPattern.escape(service.lowercased())] }
        if let check = parameters["rule_id"]?.text { filter.checks = [GlobPattern.escape(check)] }
        let fixed = filter
        let rows = try await context.store.readRetrying { reader in
            var filter = fixed
            filter.accounts.numbers = try accounts(context, reader)
            let scan = try parameters["scan_id"]?.text.map { try context.scan($0, reader).scan.id }
            return try reader.findings(filter, at: scan, after: nil, limit: 1_000).rows
        }
        var json = JSONWriter()
        json.beginObject()
        json.field("count", rows.count)
        json.key("findings")
        json.beginArray()
        for row in rows { OpenShieldText.write(row, &json) }
        json.endArray()
        json.endObject()
        return OpenShieldText.response(json)
    }

    private static func score(_ context: RequestContext) async throws -> HTTPResponse {
        let rows = try await context.store.readRetrying { reader in
            try reader.scoreTallies(
                AccountFilter(numbers: try accounts(context, reader)), context.services.postures)
        }
        var json = JSONWriter()
        // Before any scan nobody knows, and nobody is told 100.
        if let points = ScoreEndpoints.total(rows).points { json.int(points) } else { json.null() }
        return OpenShieldText.response(json)
    }

    private static func compliance(_ context: RequestContext) async throws -> HTTPResponse {
        let name = try context.path("framework")
        let (framework, rows) = try await context.store.readRetrying { reader in
            let frameworks = try reader.frameworks()
            let ids = frameworks.map(\.id)
            // OpenShield's short names: the newest framework whose id begins so.
            guard let id = ids.first(where: { $0 == name }) ?? ids.filter({ $0.hasPrefix(name + "_") }).max() else {
                throw APIError.notFound("There is no such framework; there are: \(ids.joined(separator: ", ")).")
            }
            var merged = RequirementMerge()
            try reader.complianceRequirements(
                framework: id, AccountFilter(numbers: try accounts(context, reader)), byRegion: false
            ) { merged.add($0) }
            return (frameworks.first { $0.id == id }, merged.rows)
        }
        let passed = rows.filter { $0.status == "PASS" }.count
        let failed = rows.filter { $0.status == "FAIL" }.count
        var json = JSONWriter()
        json.beginObject()
        json.field("framework", framework?.name ?? name)
        json.field("version", framework?.version ?? "")
        json.field("total_controls", rows.count)
        json.field("passed", passed)
        json.field("failed", failed)
        json.key("score_percent")
        // Only what was decided counts, and nothing decided is no percentage.
        if passed + failed > 0 { json.double(Double(passed * 1000 / (passed + failed)) / 10) } else { json.null() }
        json.key("controls")
        json.beginArray()
        for row in rows {
            json.beginObject()
            json.field("rule_id", String?.none)
            json.field("control_id", row.requirement)
            json.field("control_name", row.description)
            json.field("status", row.status)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return OpenShieldText.response(json)
    }
}
