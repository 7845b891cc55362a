import MartletCore
import MartletFormats
import MartletHTTPServer
import MartletStore

/// What a published scan gives as files: its findings, and a framework's requirements.
enum ScanReportEndpoints {
    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/scans/{id}/report", operation: "scans_report_retrieve", tag: "Scans",
            summary: "The findings of a scan as one file: OCSF, CSV or NDJSON by Accept.", access: .authenticated,
            responses: [ResponseSpec(200, .raw([FindingExport.ocsf, FindingExport.csv, FindingExport.ndjson]))],
            produces: [FindingExport.ocsf, FindingExport.csv, FindingExport.ndjson], handler: report),
        Endpoint(
            .get, "/api/v1/scans/{id}/compliance/{name}", operation: "scans_compliance_retrieve", tag: "Scans",
            summary: "A framework's requirements by region at a scan, as CSV.", access: .authenticated,
            responses: [ResponseSpec(200, .raw([FindingExport.csv]))], produces: [FindingExport.csv],
            handler: compliance),
    ]

    private static func report(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let selection = try await context.store.readRetrying { reader in
            var query = JSONAPIQuery()
            query.filters = [.init(field: "scan", comparison: .equal, values: [.uuid(id)])]
            let moment = try ScanMoment.of(query, try context.visible, context, reader)
            var selection = FindingFilters.Selection(scan: moment.scan)
            selection.filter.accounts.numbers = moment.accounts
            selection.number = try reader.publishNumber().number
            return selection
        }
        return try await FindingExport.response(selection, file: "scan-\(id)", context)
    }

    private static let columns = [
        "framework", "version", "requirement", "description", "region", "status", "passed_checks", "failed_checks",
        "evaluated_checks", "total_checks", "passed_findings", "total_findings",
    ]

    private static func compliance(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let name = try context.path("name")
        let bytes = try await context.store.readRetrying { reader -> [UInt8] in
            let detail = try context.scan(id, reader)
            var table = CSVWriter()
            for column in columns { table.field(column) }
            table.endLine()
            var rows = 0
            // A framework has at most some thousand requirements in some dozen regions.
            try reader.complianceRequirements(
                framework: name, AccountFilter(numbers: [detail.account]), byRegion: true, at: id
            ) { row in
                rows += 1
                for text in [
                    row.framework, row.version, row.requirement, row.description, row.region ?? "", row.status,
                ] {
                    table.field(text)
                }
                for number in [
                    row.passedChecks, row.failedChecks, row.evaluatedChecks, row.totalChecks, row.passedFindings,
                    row.totalFindings,
                ] { table.field(String(number)) }
                table.endLine()
            }
            if rows == 0,
                try !reader.complianceOverview(AccountFilter(), at: id).contains(where: { $0.framework == name })
            {
                throw APIError.notFound("The scan has no such framework.")
            }
            return table.takeBytes()
        }
        let file = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        return HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "text/csv; charset=utf-8",
                "Content-Disposition": "attachment; filename=\"\(file)-\(id).csv\"",
            ], body: .stream(once(bytes)))
    }

    /// A body of one piece, in a form that is not taken for JSON.
    private static func once(_ bytes: [UInt8]) -> HTTPBodyStream {
        let body = HTTPBody(bytes)
        return HTTPBodyStream {
            var iterator = body.makeAsyncIterator()
            return try await iterator.next()
        }
    }
}
