import MartletCore
import MartletHTTPServer
import MartletStore

/// `/api/v1/findings`.
enum FindingEndpoints {
    static let medias = [
        JSONAPI.mediaType, "application/json", FindingExport.ndjson, FindingExport.csv, FindingExport.ocsf,
    ]

    private static let raw = ResponseSpec(
        200, .raw([FindingExport.ndjson, FindingExport.csv, FindingExport.ocsf]), "The whole list, streamed.")

    private static func query(_ filters: [FilterSpec], isList: Bool = true, _ fields: ResourceSchema) -> QuerySpec {
        QuerySpec(
            filters: filters, search: true, sorts: FindingFilters.sorts, includes: isList ? ["scan", "resources"] : [],
            fields: isList ? [fields, ScanShape.schema, ResourceShape.schema] : [fields],
            paging: isList ? PagingSpec(cursors: true) : nil)
    }

    private static let withMoments = FindingFilters.own + FindingFilters.moments

    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/findings", operation: "findings_list", tag: "Findings",
            summary: "Findings of the published postures, or of a scan; also as NDJSON, CSV or OCSF by Accept.",
            access: .authenticated, query: query(withMoments, FindingShape.schema),
            responses: [ResponseSpec(200, .list(FindingShape.schema)), raw], produces: medias,
            validator: PostureTag.validator, handler: list),
        Endpoint(
            .get, "/api/v1/findings/latest", operation: "findings_latest_retrieve", tag: "Findings",
            summary: "Findings of the published postures.", access: .authenticated,
            query: query(FindingFilters.own, FindingShape.schema),
            responses: [ResponseSpec(200, .list(FindingShape.schema)), raw], produces: medias,
            validator: PostureTag.validator, handler: list),
        Endpoint(
            .get, "/api/v1/findings/metadata", operation: "findings_metadata_retrieve", tag: "Findings",
            summary: "The values by which findings can be filtered.", access: .authenticated,
            query: query(withMoments, isList: false, FindingMetadata.schema),
            responses: [ResponseSpec(200, .resource(FindingMetadata.schema))], validator: PostureTag.validator
        ) { try await FindingMetadata.answer($0) },
        Endpoint(
            .get, "/api/v1/findings/metadata/latest", operation: "findings_metadata_latest_retrieve", tag: "Findings",
            summary: "The same of the published postures.", access: .authenticated,
            query: query(FindingFilters.own, isList: false, FindingMetadata.schema),
            responses: [ResponseSpec(200, .resource(FindingMetadata.schema))], validator: PostureTag.validator
        ) { try await FindingMetadata.answer($0) },
        Endpoint(
            .get, "/api/v1/findings/findings_services_regions",
            operation: "findings_findings_services_regions_retrieve",
            tag: "Findings", summary: "Services and regions of findings; metadata has more.", access: .authenticated,
            query: query(withMoments, isList: false, FindingMetadata.short),
            responses: [ResponseSpec(200, .resource(FindingMetadata.short))], validator: PostureTag.validator
        ) { try await FindingMetadata.answer($0, isShort: true) },
        Endpoint(
            .get, "/api/v1/findings/{id}", operation: "findings_retrieve", tag: "Findings",
            summary: "One finding: as it is published, or as it was last seen.", access: .authenticated,
            query: QuerySpec(
                filters: [FilterSpec("scan", .uuid)], includes: ["scan", "resources"],
                fields: [FindingShape.schema, ScanShape.schema, ResourceShape.schema]),
            responses: [ResponseSpec(200, .resource(FindingShape.schema))], handler: get),
    ]

    private static func list(_ context: RequestContext) async throws -> HTTPResponse {
        if context.mediaType != JSONAPI.mediaType, context.mediaType != "application/json" {
            return try await FindingExport.response(context)
        }
        let store = try context.store
        let order = FindingFilters.order(context.query)
        let page = try await store.readRetrying { reader -> Page in
            let list = try ListCursor(context, reader)
            let selection = try FindingFilters.selection(context, list.reader)
            let (found, next, count) = try list.page(selection, order, context)
            return Page(
                rows: found.rows, next: next, count: count,
                included: try Included.read(found.rows, at: selection.scan, context, list.reader))
        }
        var writer = context.writer()
        writer.beginList()
        var shape = FindingShape.Writer(scans: page.included.scans)
        for row in page.rows {
            writer.resource(ResourceIdentifier(FindingShape.type, row.identifier)) { shape.fill(row, &$0, context) }
        }
        page.included.write(&writer, context)
        writer.endList(links: PageLinks(context, count: page.count, next: page.next))
        return writer.response()
    }

    private struct Page: Sendable {
        var rows: [FindingRow]
        var next: String?
        var count: ListCount
        var included: Included
    }

    private static func get(_ context: RequestContext) async throws -> HTTPResponse {
        let id = try context.uuid()
        let visible = try context.visible
        guard let fingerprint = ContentHash(uuid: id) else { throw APIError.notFound("There is no finding \(id).") }
        let (row, included) = try await context.store.readRetrying { reader in
            var scan = context.query.text("scan")
            if let named = scan { scan = try context.scan(named, reader).scan.id }
            var row = try reader.findings(identified: [fingerprint], of: visible, at: scan).first
            if row == nil, scan == nil {
                scan = try reader.lastScan(showing: fingerprint, of: visible)
                if scan != nil { row = try reader.findings(identified: [fingerprint], of: visible, at: scan).first }
            }
            guard let row else { throw APIError.notFound("There is no finding \(id).") }
            return (row, try Included.read([row], at: scan, context, reader))
        }
        var writer = context.writer()
        var shape = FindingShape.Writer(scans: included.scans)
        writer.single(ResourceIdentifier(FindingShape.type, row.identifier)) { shape.fill(row, &$0, context) }
        included.write(&writer, context)
        writer.finish()
        return writer.response()
    }
}
