import MartletCore
import MartletHTTPServer

/// The document and the answer of errors.
public enum ErrorDocument {
    /// The answer that an error thrown by a handler or by the frame becomes; nil when it is none of the API's errors, and
    /// nothing of it may be shown.
    public static func response(for error: any Error) -> HTTPResponse? {
        switch error {
        case let error as APIError: response([error])
        case let errors as APIErrors: response(errors.errors)
        case let error as MartletError: response([APIError(error)])
        case HTTPBody.Fault.tooLarge(let limit):
            response([
                APIError(status: 413, code: "too_large", detail: "The body may have \(limit) bytes at most.")
            ])
        case HTTPBody.Fault.interrupted:
            response([APIError(status: 400, code: "interrupted", detail: "The body did not arrive.")])
        default: nil
        }
    }

    /// The answer of at least one error.
    public static func response(_ errors: [APIError]) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": JSONAPI.mediaType]
        for field in errors.first?.headers.fields ?? [] { headers.add(field.name, field.value) }
        return HTTPResponse(
            status: errors.first?.status ?? 500, headers: headers, body: .bytes(document(errors)))
    }

    static func document(_ errors: [APIError]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("errors")
        json.beginArray()
        for error in errors {
            json.beginObject()
            json.field("detail", error.detail)
            json.field("status", String(error.status))
            json.key("source")
            json.beginObject()
            switch error.source {
            case .pointer(let pointer): json.field("pointer", pointer)
            // Clients of Prowler look for a pointer in every error.
            case .parameter(let name):
                json.field("pointer", "/data")
                json.field("parameter", name)
            case .header(let name):
                json.field("pointer", "/data")
                json.field("header", name)
            case nil: json.field("pointer", "/data")
            }
            json.endObject()
            json.field("code", error.code)
            json.field("title", error.title)
            if !error.meta.isEmpty { json.field("meta", .object(error.meta)) }
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.takeBytes()
    }
}
