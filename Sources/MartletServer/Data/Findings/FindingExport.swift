import MartletCore
import MartletFormats
import MartletHTTPServer
import MartletStore

/// A whole list of findings as a stream: NDJSON, CSV or OCSF.
///
/// It is read a page at a time, each in a transaction of its own and only when the client has taken the one before, so that a
/// slow client holds neither memory nor a connection of the database. All pages show what was published when it began.
enum FindingExport {
    static let ndjson = "application/x-ndjson"
    static let csv = "text/csv"
    static let ocsf = "application/ocsf+json"

    /// Findings that are read at once.
    private static let pageRows = 500

    /// The stream of what the query of a request selects.
    static func response(_ context: RequestContext) async throws -> HTTPResponse {
        let selection = try await context.store.readRetrying { reader in
            var selection = try FindingFilters.selection(context, reader)
            selection.number = try reader.publishNumber().number
            return selection
        }
        return try await response(selection, context)
    }

    /// The stream of a selection, in the form that the client wants.
    static func response(
        _ selection: FindingFilters.Selection, file: String? = nil, _ context: RequestContext
    ) async throws -> HTTPResponse {
        let order = FindingFilters.order(context.query)
        guard order.terms.isEmpty else {
            throw APIError.parameter("sort", "What is streamed stands in the list's own order; leave sort out.")
        }
        let accounts = try await context.store.readRetrying { try $0.accounts(AccountFilter()) }
        let format = FindingFormat(context.mediaType, accounts: accounts)
        let source = FindingStream(store: try context.store, selection: selection, format: format, pageRows: pageRows)
        // What is wrong with the selection is told before the first byte.
        try await source.begin()
        var headers: HTTPHeaders = ["Content-Type": format.contentType]
        if let file { headers["Content-Disposition"] = "attachment; filename=\"\(file)\(format.suffix)\"" }
        return HTTPResponse(
            status: 200, headers: headers, body: .stream(HTTPBodyStream { try await source.next() }))
    }
}
