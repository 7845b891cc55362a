import MartletCore

/// What a generated finding says of one resource.
struct GeneratedResource: Sendable {
    /// How the resource's region is written.
    enum Region: Sendable {
        /// The key is left out.
        case none
        case one(String)
        /// An array of strings.
        case several([String])
    }

    var uid: String
    var name: String
    var type: String
    var service: String
    var region: Region
    var tags: [(key: String, value: String)]
    var metadata: [JSONValue.Member]
}
