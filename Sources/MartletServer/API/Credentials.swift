import MartletHTTPServer

/// What a request shows to say who makes it.
public enum Credentials: Sendable, Hashable {
    /// `Authorization: Bearer …`, an access token.
    case bearer(String)
    /// `Authorization: Api-Key …`.
    case apiKey(String)

    /// The credentials of a request; nil without any.
    ///
    /// - Throws: 401 for another scheme, or for more than one `Authorization`.
    public static func of(_ headers: HTTPHeaders) throws(APIError) -> Credentials? {
        let values = headers.all("Authorization")
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw .unauthenticated("There is more than one Authorization header.") }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, !parts[1].isEmpty, parts[1].utf8.count <= 8192 else {
            throw .unauthenticated("Authorization is 'Bearer TOKEN' or 'Api-Key KEY'.")
        }
        switch parts[0].lowercased() {
        case "bearer": return .bearer(String(parts[1]))
        case "api-key": return .apiKey(String(parts[1]))
        default: throw .unauthenticated("Authorization is 'Bearer TOKEN' or 'Api-Key KEY'.")
        }
    }
}
