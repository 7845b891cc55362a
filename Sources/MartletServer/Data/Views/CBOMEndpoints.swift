import MartletCore
import MartletFormats
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// `/api/v1/cbom`: the inventory of cryptography as CycloneDX, streamed.
enum CBOMEndpoints {
    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/cbom", operation: "cbom_retrieve", tag: "Overviews",
            summary: "Keys, certificates, protocols and algorithms of the visible accounts: CycloneDX 1.6.",
            access: .authenticated,
            query: QuerySpec(filters: AccountConditions.filters + [FilterSpec("scan", .uuid)]),
            responses: [ResponseSpec(200, .raw([CycloneDXWriter.mediaType]), "The bill of materials, streamed.")],
            produces: [CycloneDXWriter.mediaType, "application/json"], validator: PostureTag.validator,
            handler: stream)
    ]

    private static func stream(_ context: RequestContext) async throws -> HTTPResponse {
        let store = try context.store
        let (filter, scan, serial, time) = try await store.readRetrying { reader in
            let moment = try ComplianceEndpoints.moment(context, reader)
            let filter = AccountFilter(numbers: moment.accounts)
            // A past that cannot be read is an error before the first byte.
            let label = try reader.inventoryLabel(filter, at: moment.scan)
            return (filter, moment.scan, label.serial, label.observedAt)
        }
        let writer = CycloneDXWriter(
            serial: serial, at: time, program: context.services.program, subject: "cloud accounts")
        let source = CBOMStream(store: store, filter: filter, scan: scan, writer: writer)
        return HTTPResponse(
            status: 200, headers: ["Content-Type": "\(CycloneDXWriter.mediaType); version=1.6"],
            body: .stream(HTTPBodyStream { try await source.next() }))
    }
}
