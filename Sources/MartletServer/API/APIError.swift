import MartletCore
import MartletHTTPServer

/// One error object of a JSON:API answer; thrown by handlers, it becomes the answer.
///
/// ``detail`` is written for the user: what is wrong, and what would be right. It never has SQL, paths of the machine or
/// secrets.
public struct APIError: Error, Sendable, Hashable {
    /// Which part of the request is to blame.
    public enum Source: Sendable, Hashable {
        /// A place in the request's document, such as `/data/attributes/name`.
        case pointer(String)
        /// A parameter of the query, such as `filter[status]`.
        case parameter(String)
        /// A header.
        case header(String)
    }

    /// The HTTP status, 400 to 599.
    public var status: Int
    /// A stable word for programs, such as `invalid`, `not_found`, `conflict`.
    public var code: String
    /// The kind of error in a few words; the same for all errors of a code.
    public var title: String
    /// What is wrong here.
    public var detail: String
    /// The part of the request to blame; nil where it is the request as a whole.
    public var source: Source?
    /// What programs may want to know besides, such as the line of a file.
    public var meta: [JSONValue.Member] = []
    /// Headers that go with the answer, such as `Retry-After`.
    public var headers: HTTPHeaders

    /// An error of its parts; the title follows from the code where none is given.
    public init(
        status: Int, code: String, title: String? = nil, detail: String, source: Source? = nil,
        headers: HTTPHeaders = [:]
    ) {
        self.status = status
        self.code = code
        self.title = title ?? Self.title(of: code)
        self.detail = detail
        self.source = source
        self.headers = headers
    }

    /// `not_found` as `Not found`.
    private static func title(of code: String) -> String {
        let words = code.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
