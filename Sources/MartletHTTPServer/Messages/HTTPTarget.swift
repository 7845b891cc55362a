import MartletCore

/// The target of a request, as it was sent and taken apart: `/api/v1/scans?page[size]=10`.
public struct HTTPTarget: Sendable, Hashable {
    /// A name and a value of the query, decoded.
    public struct QueryItem: Sendable, Hashable {
        /// The name, such as `filter[status]`.
        public let name: String
        /// The value; empty when there was none.
        public let value: String

        /// An item of a name and a value, both decoded.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Why a target is refused.
    public enum Fault: Error, Sendable, Hashable {
        /// It is not a path (`*`, an authority, nothing).
        case notAPath
        /// The path has a `%` without two hexadecimal digits, or what it encodes is not UTF-8, or a control character.
        case path
        /// The same in the query.
        case query
        /// The path has a segment that is `.` or `..`, encoded or not.
        case dotSegment
        /// The query has more items than ``HTTPTarget/itemLimit``.
        case tooManyItems

        /// What is wrong, in words.
        public var explanation: String {
            switch self {
            case .notAPath: "it is no path"
            case .path: "its path is not percent-encoded UTF-8 without control characters"
            case .query: "its query is not percent-encoded UTF-8 without control characters"
            case .dotSegment: "its path has a segment . or .."
            case .tooManyItems: "its query has more than \(HTTPTarget.itemLimit) parameters"
            }
        }
    }

    /// The most items that a query may have: 200.
    public static let itemLimit = 200

    /// The target as it was sent.
    public let raw: String
    /// The path as it was sent.
    public let rawPath: String
    /// The query as it was sent, without the question mark; nil without one.
    public let rawQuery: String?
    /// The segments of the path, each decoded, so that an encoded `/` stays within its segment; `/a/b` has two. A path
    /// with empty segments (`//`, or a `/` at its end) keeps them as empty texts.
    public let segments: [String]
    /// The items of the query in their order.
    public let query: [QueryItem]

    /// Takes a target apart; an absolute one (`http://host/path`) counts as its path.
    public init(_ raw: String) throws(Fault) {
        self.raw = raw
        var rest = raw[...]
        for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        guard rest.utf8.first == UInt8(ascii: "/") else { throw .notAPath }
        let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
        rawPath = String(rest[..<(mark ?? rest.endIndex)])
        rawQuery = mark.map { String(rest[rest.utf8.index(after: $0)...]) }
        var segments: [String] = []
        for part in rawPath.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = PercentEncoding.decode(part, plusIsSpace: false) else { throw .path }
            guard segment != ".", segment != ".." else { throw .dotSegment }
            segments.append(segment)
        }
        self.segments = segments
        query = try rawQuery.map { query throws(Fault) in try Self.items(query) } ?? []
    }

    private static func items(_ query: String) throws(Fault) -> [QueryItem] {
        var items: [QueryItem] = []
        for part in query.utf8.split(separator: UInt8(ascii: "&")) {
            guard items.count < itemLimit else { throw .tooManyItems }
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = PercentEncoding.decode(part[..<(equals ?? part.endIndex)], plusIsSpace: true),
                let value = PercentEncoding.decode(
                    equals.map { part[part.index(after: $0)...] } ?? part[part.endIndex...], plusIsSpace: true)
            else { throw .query }
            items.append(QueryItem(name, value))
        }
        return items
    }
}
