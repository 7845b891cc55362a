import MartletCore
import MartletHTTPServer

extension RequestContext {
    /// A writer for the answer.
    public func writer() -> JSONAPIWriter { JSONAPIWriter(query: query) }

    /// An answer with one resource.
    public func answer(
        _ identifier: ResourceIdentifier, status: Int = 200, headers: HTTPHeaders = [:],
        _ write: (inout ResourceWriter) -> Void
    ) -> HTTPResponse {
        var writer = writer()
        writer.single(identifier, write)
        writer.finish()
        return writer.response(status: status, headers: headers)
    }

    /// An answer with a page of a list.
    public func answer<Row>(
        list rows: [Row], count: ListCount, next: String? = nil, _ write: (Row, inout JSONAPIWriter) -> Void
    ) -> HTTPResponse {
        var writer = writer()
        writer.beginList()
        for row in rows { write(row, &writer) }
        writer.endList(links: PageLinks(self, count: count, next: next))
        return writer.response()
    }

    /// 204, for what was removed.
    public var nothing: HTTPResponse { HTTPResponse(status: 204) }

    /// The address of a resource of this server: `url("scans", id)`.
    public func url(_ collection: String, _ id: String) -> String {
        "\(origin)/api/v1/\(collection)/\(PercentEncoding.encode(id))"
    }
}
