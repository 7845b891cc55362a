import MartletCore
import MartletHTTPServer

/// The description of the API, for programs and for people.
enum DocumentEndpoints {
    static let all: [Endpoint] = [
        Endpoint(
            .get, "/api/v1/openapi.json", operation: "openapi", tag: "Operations",
            summary: "The description of this API in OpenAPI 3.1.", access: .open,
            responses: [ResponseSpec(200, .json(.any))], produces: ["application/json"],
            validator: { _ in EntityTag(version) }
        ) { _ in
            HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: .bytes(document))
        },
        Endpoint(
            .get, "/api/docs", operation: "docs", tag: "Operations", summary: "The same as a page to read.",
            access: .open, responses: [ResponseSpec(200, .raw(["text/html"]))], produces: ["text/html"],
            validator: { _ in EntityTag(version) }
        ) { _ in
            HTTPResponse(
                status: 200,
                headers: [
                    "Content-Type": "text/html; charset=utf-8",
                    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
                ], body: .bytes(page))
        },
    ]

    /// Made once, when first asked for.
    private static let document = Array((OpenAPIDocument.make(EndpointTable.all).prettyText() + "\n").utf8)
    private static let page = Array(DocumentPage.html(EndpointTable.all).utf8)
    private static let version: String = {
        var hasher = ContentHasher()
        hasher.add(document)
        return String(hasher.finish().description.prefix(32))
    }()
}
